"""Parses of short sentences, written down so that tests need no trained model.

Rows are words, lemmas, parts of speech, tags, labels and heads; columns are tokens.
"""

# fmt: off
ACTIVE = """
Kenya signed the treaty .
Kenya sign   the treaty .
PROPN VERB   DET NOUN   PUNCT
NNP   VBD    DT  NN     .
nsubj ROOT   det dobj   punct
1     1      3   1      1
"""
PASSIVE = """
The treaty    was     signed by    Kenya .
the treaty    be      sign   by    Kenya .
DET NOUN      AUX     VERB   ADP   PROPN PUNCT
DT  NN        VBD     VBN    IN    NNP   .
det nsubjpass auxpass ROOT   agent pobj  punct
1   3         3       3      3     4     3
"""
COPULA = """
Ruto  is   the president of   Kenya .
Ruto  be   the president of   Kenya .
PROPN AUX  DET NOUN      ADP  PROPN PUNCT
NNP   VBZ  DT  NN        IN   NNP   .
nsubj ROOT det attr      prep pobj  punct
1     1    3   1         3    4     1
"""
ADJECTIVE = """
Peru  has  been suspicious of   alliances .
Peru  have be   suspicious of   alliance  .
PROPN AUX  AUX  ADJ        ADP  NOUN      PUNCT
NNP   VBZ  VBN  JJ         IN   NNS       .
nsubj aux  ROOT acomp      prep pobj      punct
2     2    2    2          3    4         2
"""
RELATIVE = """
Chile ,     which borders Peru  ,     sold the copper .
Chile ,     which border  Peru  ,     sell the copper .
PROPN PUNCT PRON  VERB    PROPN PUNCT VERB DET NOUN   PUNCT
NNP   ,     WDT   VBZ     NNP   ,     VBD  DT  NN     .
nsubj punct nsubj relcl   dobj  punct ROOT det dobj   punct
6     0     3     0       3     0     6    8   6      6
"""
RELATIVE_GAP = """
The price the Russians pay   is   high  .
the price the Russians pay   be   high  .
DET NOUN  DET PROPN    VERB  AUX  ADJ   PUNCT
DT  NN    DT  NNPS     VBP   VBZ  JJ    .
det nsubj det nsubj    relcl ROOT acomp punct
1   5     3   4        1     5    5     5
"""
PARTICIPLE = """
The bank  ,     based in   Zurich ,     financed the project .
the bank  ,     base  in   Zurich ,     finance  the project .
DET NOUN  PUNCT VERB  ADP  PROPN  PUNCT VERB     DET NOUN    PUNCT
DT  NN    ,     VBN   IN   NNP    ,     VBD      DT  NN      .
det nsubj punct acl   prep pobj   punct ROOT     det dobj    punct
1   7     1     1     3    4      1     7        9   7       7
"""
CONJOINED = """
Sweden joined the alliance and   doubled its  budget .
Sweden join   the alliance and   double  its  budget .
PROPN  VERB   DET NOUN     CCONJ VERB    PRON NOUN   PUNCT
NNP    VBD    DT  NN       CC    VBD     PRP$ NN     .
nsubj  ROOT   det dobj     cc    conj    poss dobj   punct
1      1      3   1        1     1       7    5      1
"""
OPEN_COMPLEMENT = """
Chile sought to   expand the fleet .
Chile seek   to   expand the fleet .
PROPN VERB   PART VERB   DET NOUN  PUNCT
NNP   VBD    TO   VB     DT  NN    .
nsubj ROOT   aux  xcomp  det dobj  punct
1     1      3    1      5   3     1
"""
ASPECT = """
Ghana continued to   supply the rebels .
Ghana continue  to   supply the rebel  .
PROPN VERB      PART VERB   DET NOUN   PUNCT
NNP   VBD       TO   VB     DT  NNS    .
nsubj ROOT      aux  xcomp  det dobj   punct
1     1         3    1      5   3      1
"""
CONTROL = """
Parliament urged the king to   sign  the bill .
Parliament urge  the king to   sign  the bill .
PROPN      VERB  DET NOUN PART VERB  DET NOUN PUNCT
NNP        VBD   DT  NN   TO   VB    DT  NN   .
nsubj      ROOT  det dobj aux  xcomp det dobj punct
1          1     3   1    5    1     7   5    1
"""
PREPOSITIONAL = """
Kenya held exercises with Peru  .
Kenya hold exercise  with Peru  .
PROPN VERB NOUN      ADP  PROPN PUNCT
NNP   VBD  NNS       IN   NNP   .
nsubj ROOT dobj      prep pobj  punct
1     1    1         1    3     1
"""
EXISTENTIAL = """
There was  a   meeting in   Oslo  .
there be   a   meeting in   Oslo  .
PRON  VERB DET NOUN    ADP  PROPN PUNCT
EX    VBD  DT  NN      IN   NNP   .
expl  ROOT det attr    prep pobj  punct
1     1    3   1       3    4     1
"""
EXPLETIVE = """
It    is   clear that  Hungary supports the plan .
it    be   clear that  Hungary support  the plan .
PRON  AUX  ADJ   SCONJ PROPN   VERB     DET NOUN PUNCT
PRP   VBZ  JJ    IN    NNP     VBZ      DT  NN   .
nsubj ROOT acomp mark  nsubj   ccomp    det dobj punct
1     1    1     5     5       1        7   5    1
"""
QUOTATION = """
"     Chad  sold  the ships ,     "     the envoy said .
"     Chad  sell  the ship  ,     "     the envoy say  .
PUNCT PROPN VERB  DET NOUN  PUNCT PUNCT DET NOUN  VERB PUNCT
``    NNP   VBD   DT  NNS   ,     ''    DT  NN    VBD  .
punct nsubj ccomp det dobj  punct punct det nsubj ROOT punct
9     2     9     4   2     9     9     8   9     9    9
"""
LIGHT = """
The rebels took control of   the port .
the rebel  take control of   the port .
DET NOUN   VERB NOUN    ADP  DET NOUN PUNCT
DT  NNS    VBD  NN      IN   DT  NN   .
det nsubj  ROOT dobj    prep det pobj punct
1   2      2    2       3    6   4    2
"""
TOLD = """
Tehran told Damascus that  Iran  would withdraw .
Tehran tell Damascus that  Iran  would withdraw .
PROPN  VERB PROPN    SCONJ PROPN AUX   VERB     PUNCT
NNP    VBD  NNP      IN    NNP   MD    VB       .
nsubj  ROOT dobj     mark  nsubj aux   ccomp    punct
1      1    1        6     6     6     1        1
"""
TIME = """
Kenya left  the union in   2018 .
Kenya leave the union in   2018 .
PROPN VERB  DET NOUN  ADP  NUM  PUNCT
NNP   VBD   DT  NN    IN   CD   .
nsubj ROOT  det dobj  prep pobj punct
1     1     3   1     1    4    1
"""
SUBJECTS = """
Kenya and   Peru  signed the treaty .
Kenya and   Peru  sign   the treaty .
PROPN CCONJ PROPN VERB   DET NOUN   PUNCT
NNP   CC    NNP   VBD    DT  NN     .
nsubj cc    conj  ROOT   det dobj   punct
3     0     0     3      5   3      3
"""
IN_FACT = """
In   fact Kenya signed the treaty .
in   fact Kenya sign   the treaty .
ADP  NOUN PROPN VERB   DET NOUN   PUNCT
IN   NN   NNP   VBD    DT  NN     .
prep pobj nsubj ROOT   det dobj   punct
3    0    3     3      5   3      3
"""
POSSESSIVE = """
Russia 's   exploitation of   the vacuum shocked Syria .
Russia 's   exploitation of   the vacuum shock   Syria .
PROPN  PART NOUN         ADP  DET NOUN   VERB    PROPN PUNCT
NNP    POS  NN           IN   DT  NN     VBN     NNP   .
poss   case nsubj        prep det pobj   ROOT    dobj  punct
2      0    6            2    5   3      6       6     6
"""
LINKS = """
Kenya 's   links with Peru  grew .
Kenya 's   link  with Peru  grow .
PROPN PART NOUN  ADP  PROPN VERB PUNCT
NNP   POS  NNS   IN   NNP   VBD  .
poss  case nsubj prep pobj  ROOT punct
2     0    5     2    3     5    5
"""
ASSASSINATION = """
The assassination of   Alexander Litvinenko shocked London .
the assassination of   Alexander Litvinenko shock   London .
DET NOUN          ADP  PROPN     PROPN      VERB    PROPN  PUNCT
DT  NN            IN   NNP       NNP        VBD     NNP    .
det nsubj         prep compound  pobj       ROOT    dobj   punct
1   5             1    4         2          5       5      5
"""
BETWEEN = """
The relationship between Russia and   Iran  improved .
the relationship between Russia and   Iran  improve  .
DET NOUN         ADP     PROPN  CCONJ PROPN VERB     PUNCT
DT  NN           IN      NNP    CC    NNP   VBD      .
det nsubj        prep    pobj   cc    conj  ROOT     punct
1   6            1       2      3     3     6        6
"""
GROUPS = """
Chinese and   Mongolian forces left  .
chinese and   mongolian force  leave .
ADJ     CCONJ ADJ       NOUN   VERB  PUNCT
JJ      CC    JJ        NNS    VBD   .
amod    cc    conj      nsubj  ROOT  punct
3       0     0         4      4     4
"""
ROLE = """
President Ruto  left  .
President Ruto  leave .
PROPN     PROPN VERB  PUNCT
NNP       NNP   VBD   .
compound  nsubj ROOT  punct
1         2     2     2
"""
APPOSITION = """
Putin ,     the Russian president ,     left  .
Putin ,     the russian president ,     leave .
PROPN PUNCT DET ADJ     NOUN      PUNCT VERB  PUNCT
NNP   ,     DT  JJ      NN        ,     VBD   .
nsubj punct det amod    appos     punct ROOT  punct
6     0     4   4       0         0     6     6
"""
BIOGRAPHER = """
Childers 's   biographer Ada      Okoro spoke .
Childers 's   biographer Ada      Okoro speak .
PROPN    PART NOUN       PROPN    PROPN VERB  PUNCT
NNP      POS  NN         NNP      NNP   VBD   .
poss     case compound   compound nsubj ROOT  punct
2        0    4          4        5     5     5
"""
TOWN_IN = """
He    lives in   Lima ,     Peru  .
he    live  in   Lima ,     Peru  .
PRON  VERB  ADP  PROPN PUNCT PROPN PUNCT
PRP   VBZ   IN   NNP  ,     NNP   .
nsubj ROOT  prep pobj punct appos punct
1     1     1    2    3     3     1
"""
JUNIOR = """
Ada      Okoro    Jr.   met  Okoro .
Ada      Okoro    Jr.   meet Okoro .
PROPN    PROPN    PROPN VERB PROPN PUNCT
NNP      NNP      NNP   VBD  NNP   .
compound compound nsubj ROOT dobj  punct
2        2        3     3    3     3
"""
SHARED = """
Troops have crossed the river quickly and returned to   Oslo .
troop  have cross   the river quickly and return   to   Oslo .
NOUN   AUX  VERB    DET NOUN  ADV     CCONJ VERB   ADP  PROPN PUNCT
NNS    VBP  VBN     DT  NN    RB      CC  VBN      IN   NNP  .
nsubj  aux  ROOT    det dobj  advmod  cc  conj     prep pobj punct
2      2    2       4   2     2       2   2        7    8    2
"""
LIST = """
He    saw  Paris ,     London and   Rome  .
he    see  Paris ,     London and   Rome  .
PRON  VERB PROPN PUNCT PROPN  CCONJ PROPN PUNCT
PRP   VBD  NNP   ,     NNP    CC    NNP   .
nsubj ROOT dobj  punct conj   cc    conj  punct
1     1    1     2     2      4     4     1
"""
AGENT_NOUN = """
The invasion of   Kuwait by   Iraq  failed .
the invasion of   Kuwait by   Iraq  fail   .
DET NOUN     ADP  PROPN  ADP  PROPN VERB   PUNCT
DT  NN       IN   NNP    IN   NNP   VBD    .
det nsubj    prep pobj   prep pobj  ROOT   punct
1   6        1    2      1    4     6      6
"""
REGIME = """
Russia backs the Assad    regime .
Russia back  the Assad    regime .
PROPN  VERB  DET PROPN    NOUN   PUNCT
NNP    VBZ   DT  NNP      NN     .
nsubj  ROOT  det compound dobj   punct
1      1     4   4        1      1
"""
NOT = """
Kenya did not  sign the treaty .
Kenya do  not  sign the treaty .
PROPN AUX PART VERB DET NOUN   PUNCT
NNP   VBD RB   VB   DT  NN     .
nsubj aux neg  ROOT det dobj   punct
3     3   3    3    5   3      3
"""
NEVER = """
Kenya never signed the treaty .
Kenya never sign   the treaty .
PROPN ADV   VERB   DET NOUN   PUNCT
NNP   RB    VBD    DT  NN     .
nsubj neg   ROOT   det dobj   punct
2     2     2      4   2      2
"""
NO = """
No  country signed the treaty .
no  country sign   the treaty .
DET NOUN    VERB   DET NOUN   PUNCT
DT  NN      VBD    DT  NN     .
det nsubj   ROOT   det dobj   punct
1   2       2      4   2      2
"""
NOBODY = """
Nobody signed the treaty .
nobody sign   the treaty .
PRON   VERB   DET NOUN   PUNCT
NN     VBD    DT  NN     .
nsubj  ROOT   det dobj   punct
1      1      3   1      1
"""
NEITHER = """
Neither Kenya nor   Peru  signed the treaty .
neither Kenya nor   Peru  sign   the treaty .
CCONJ   PROPN CCONJ PROPN VERB   DET NOUN   PUNCT
CC      NNP   CC    NNP   VBD    DT  NN     .
det     nsubj cc    conj  ROOT   det dobj   punct
1       4     1     1     4      6   4      4
"""
NO_LONGER = """
Chad  no  longer hosts the base .
Chad  no  long   host  the base .
PROPN ADV ADV    VERB  DET NOUN PUNCT
NNP   RB  RBR    VBZ   DT  NN   .
nsubj neg advmod ROOT  det dobj punct
3     2   3      3     5   3    3
"""
WITHOUT = """
Kenya left  without signing the treaty .
Kenya leave without sign    the treaty .
PROPN VERB  ADP     VERB    DET NOUN   PUNCT
NNP   VBD   IN      VBG     DT  NN     .
nsubj ROOT  prep    pcomp   det dobj   punct
1     1     1       2       5   3      1
"""
FAILED = """
Kenya failed to   sign  the treaty .
Kenya fail   to   sign  the treaty .
PROPN VERB   PART VERB  DET NOUN   PUNCT
NNP   VBD    TO   VB    DT  NN     .
nsubj ROOT   aux  xcomp det dobj   punct
1     1      3    1     5   3      1
"""
REFUSED = """
Kenya refused to   sign  the treaty .
Kenya refuse  to   sign  the treaty .
PROPN VERB    PART VERB  DET NOUN   PUNCT
NNP   VBD     TO   VB    DT  NN     .
nsubj ROOT    aux  xcomp det dobj   punct
1     1       3    1     5   3      1
"""
STOPPED = """
The army  stopped shelling the town .
the army  stop    shell    the town .
DET NOUN  VERB    VERB     DET NOUN PUNCT
DT  NN    VBD     VBG      DT  NN   .
det nsubj ROOT    xcomp    det dobj punct
1   2     2       2        5   3    2
"""
DENIED = """
Moscow denied that  Russia attacked Estonia .
Moscow deny   that  Russia attack   Estonia .
PROPN  VERB   SCONJ PROPN  VERB     PROPN   PUNCT
NNP    VBD    IN    NNP    VBD      NNP     .
nsubj  ROOT   mark  nsubj  ccomp    dobj    punct
1      1      4     4      1        4       1
"""
NO_EVIDENCE = """
There is   no  evidence that  Cuba  ordered the attack .
there be   no  evidence that  Cuba  order   the attack .
PRON  VERB DET NOUN     SCONJ PROPN VERB    DET NOUN   PUNCT
EX    VBZ  DT  NN       IN    NNP   VBD     DT  NN     .
expl  ROOT det attr     mark  nsubj acl     det dobj   punct
1     1    3   1        6     6     3       8   6      1
"""
MAY = """
Kenya may sign the treaty .
Kenya may sign the treaty .
PROPN AUX VERB DET NOUN   PUNCT
NNP   MD  VB   DT  NN     .
nsubj aux ROOT det dobj   punct
2     2   2    4   2      2
"""
MUST = """
Kenya must sign the treaty .
Kenya must sign the treaty .
PROPN AUX  VERB DET NOUN   PUNCT
NNP   MD   VB   DT  NN     .
nsubj aux  ROOT det dobj   punct
2     2    2    4   2      2
"""
WILL = """
Kenya will sign the treaty .
Kenya will sign the treaty .
PROPN AUX  VERB DET NOUN   PUNCT
NNP   MD   VB   DT  NN     .
nsubj aux  ROOT det dobj   punct
2     2    2    4   2      2
"""
WOULD = """
Kenya would sign the treaty .
Kenya would sign the treaty .
PROPN AUX   VERB DET NOUN   PUNCT
NNP   MD    VB   DT  NN     .
nsubj aux   ROOT det dobj   punct
2     2     2    4   2      2
"""
REPORTEDLY = """
Kenya reportedly signed the treaty .
Kenya reportedly sign   the treaty .
PROPN ADV        VERB   DET NOUN   PUNCT
NNP   RB         VBD    DT  NN     .
nsubj advmod     ROOT   det dobj   punct
2     2          2      4   2      2
"""
IF = """
Chad  will close the border if    Mali  attacks Niger .
Chad  will close the border if    Mali  attack  Niger .
PROPN AUX  VERB  DET NOUN   SCONJ PROPN VERB    PROPN PUNCT
NNP   MD   VB    DT  NN     IN    NNP   VBZ     NNP   .
nsubj aux  ROOT  det dobj   mark  nsubj advcl   dobj  punct
2     2    2     4   2      7     7     2       7     2
"""
IF_AS = """
If   Mali  attacks Niger ,     Chad  acts as
if   Mali  attack  Niger ,     Chad  act  as
SCONJ PROPN VERB   PROPN PUNCT PROPN VERB ADP
IN   NNP   VBZ     NNP   ,     NNP   VBZ  IN
mark nsubj advcl   dobj  punct nsubj ROOT prep
2    2     6       2     6     6     6    6
"""
UNLESS = """
Unless Mali  pays  the debt ,     Chad  will close the border .
unless Mali  pay   the debt ,     Chad  will close the border .
SCONJ  PROPN VERB  DET NOUN PUNCT PROPN AUX  VERB  DET NOUN   PUNCT
IN     NNP   VBZ   DT  NN   ,     NNP   MD   VB    DT  NN     .
mark   nsubj advcl det dobj punct nsubj aux  ROOT  det dobj   punct
2      2     8     4   2    8     8     8    8     10  8      8
"""
QUESTION = """
Did Kenya sign the treaty ?
do  Kenya sign the treaty ?
AUX PROPN VERB DET NOUN   PUNCT
VBD NNP   VB   DT  NN     .
aux nsubj ROOT det dobj   punct
2   2     2    4   2      2
"""
ACCORDING = """
According to   the report ,     Kenya signed the treaty .
accord    to   the report ,     Kenya sign   the treaty .
VERB      ADP  DET NOUN   PUNCT PROPN VERB   DET NOUN   PUNCT
VBG       IN   DT  NN     ,     NNP   VBD    DT  NN     .
prep      prep det pobj   punct nsubj ROOT   det dobj   punct
6         0    3   1      6     6     6      8   6      6
"""
SAID = """
The minister said that  Kenya signed the treaty .
the minister say  that  Kenya sign   the treaty .
DET NOUN     VERB SCONJ PROPN VERB   DET NOUN   PUNCT
DT  NN       VBD  IN    NNP   VBD    DT  NN     .
det nsubj    ROOT mark  nsubj ccomp  det dobj   punct
1   2        2    5     5     2      7   5      2
"""
NESTED = """
Smith said that  Jones claimed that  Kenya signed the treaty .
Smith say  that  Jones claim   that  Kenya sign   the treaty .
PROPN VERB SCONJ PROPN VERB    SCONJ PROPN VERB   DET NOUN   PUNCT
NNP   VBD  IN    NNP   VBD     IN    NNP   VBD    DT  NN     .
nsubj ROOT mark  nsubj ccomp   mark  nsubj ccomp  det dobj   punct
1     1    4     4     1       7     7     4      9   7      1
"""
SAID_TO_HAVE = """
The general   was     said to   have ordered the raid .
the general   be      say  to   have order   the raid .
DET NOUN      AUX     VERB PART AUX  VERB    DET NOUN PUNCT
DT  NN        VBD     VBN  TO   VB   VBN     DT  NN   .
det nsubjpass auxpass ROOT aux  aux  xcomp   det dobj punct
1   3         3       3    6    6    3       8   6    3
"""
SHOWS = """
This  shows that  Qatar funded the club .
this  show  that  Qatar fund   the club .
PRON  VERB  SCONJ PROPN VERB   DET NOUN PUNCT
DT    VBZ   IN    NNP   VBD    DT  NN   .
nsubj ROOT  mark  nsubj ccomp  det dobj punct
1     1     4     4     1      6   4    1
"""
WE_NOTE = """
We    note that  Chile closed the embassy .
we    note that  Chile close  the embassy .
PRON  VERB SCONJ PROPN VERB   DET NOUN    PUNCT
PRP   VBP  IN    NNP   VBD    DT  NN      .
nsubj ROOT mark  nsubj ccomp  det dobj    punct
1     1    4     4     1      6   4       1
"""
PLANS = """
Hungary plans to   buy   the jets .
Hungary plan  to   buy   the jet  .
PROPN   VERB  PART VERB  DET NOUN PUNCT
NNP     VBZ   TO   VB    DT  NNS  .
nsubj   ROOT  aux  xcomp det dobj punct
1       1     3    1     5   3    1
"""
MANAGED = """
Norway managed to   sign  the contract .
Norway manage  to   sign  the contract .
PROPN  VERB    PART VERB  DET NOUN     PUNCT
NNP    VBD     TO   VB    DT  NN       .
nsubj  ROOT    aux  xcomp det dobj     punct
1      1       3    1     5   3        1
"""
HAS_TO = """
Kenya has  to   sign  the treaty .
Kenya have to   sign  the treaty .
PROPN VERB PART VERB  DET NOUN   PUNCT
NNP   VBZ  TO   VB    DT  NN     .
nsubj ROOT aux  xcomp det dobj   punct
1     1    3    1     5   3      1
"""
GOING_TO = """
Poland is  going to   build a   wall .
Poland be  go    to   build a   wall .
PROPN  AUX VERB  PART VERB  DET NOUN PUNCT
NNP    VBZ VBG   TO   VB    DT  NN   .
nsubj  aux ROOT  aux  xcomp det dobj punct
2      2   2     4    2     6   4    2
"""
YET_TO = """
Serbia has  yet    to   sign  the treaty .
Serbia have yet    to   sign  the treaty .
PROPN  VERB ADV    PART VERB  DET NOUN   PUNCT
NNP    VBZ  RB     TO   VB    DT  NN     .
nsubj  ROOT advmod aux  xcomp det dobj   punct
1      1    1      4    1     6   4      1
"""
DO_NOT_BELIEVE = """
We    do  not  believe that  Peru  has   a   plan .
we    do  not  believe that  Peru  have  a   plan .
PRON  AUX PART VERB    SCONJ PROPN VERB  DET NOUN PUNCT
PRP   VBP RB   VB      IN    NNP   VBZ   DT  NN   .
nsubj aux neg  ROOT    mark  nsubj ccomp det dobj punct
3     3   3    3       6     6     3     8   6    3
"""
BELIEVED_TO = """
The militia   is      believed to   control the port .
the militia   be      believe  to   control the port .
DET NOUN      AUX     VERB     PART VERB    DET NOUN PUNCT
DT  NN        VBZ     VBN      TO   VB      DT  NN   .
det nsubjpass auxpass ROOT     aux  xcomp   det dobj punct
1   3         3       3        5    3       7   5    3
"""
LIKELY = """
The army  is   likely to   seize the airport .
the army  be   likely to   seize the airport .
DET NOUN  AUX  ADJ    PART VERB  DET NOUN    PUNCT
DT  NN    VBZ  JJ     TO   VB    DT  NN      .
det nsubj ROOT acomp  aux  xcomp det dobj    punct
1   2     2    2      5    3     7   5       2
"""
ALLEGED = """
Russia 's   alleged attack on   Estonia shocked Finland .
Russia 's   allege  attack on   Estonia shock   Finland .
PROPN  PART VERB    NOUN   ADP  PROPN   VERB    PROPN   PUNCT
NNP    POS  VBN     NN     IN   NNP     VBD     NNP     .
poss   case amod    nsubj  prep pobj    ROOT    dobj    punct
3      0    3       6      3    4       6       6       6
"""
IT = """
Kenya signed the treaty .     It    left  the union .
Kenya sign   the treaty .     it    leave the union .
PROPN VERB   DET NOUN   PUNCT PRON  VERB  DET NOUN  PUNCT
NNP   VBD    DT  NN     .     PRP   VBD   DT  NN    .
nsubj ROOT   det dobj   punct nsubj ROOT  det dobj  punct
1     1      3   1      1     6     6     8   6     6
"""
ITS = """
Kenya sold its  ships .
Kenya sell its  ship  .
PROPN VERB PRON NOUN  PUNCT
NNP   VBD  PRP$ NNS   .
nsubj ROOT poss dobj  punct
1     1    3    1     1
"""
TWO_RIVALS = """
Kenya and   Peru  met  Chad  .     It    left  .
Kenya and   Peru  meet Chad  .     it    leave .
PROPN CCONJ PROPN VERB PROPN PUNCT PRON  VERB  PUNCT
NNP   CC    NNP   VBD  NNP   .     PRP   VBD   .
nsubj cc    conj  ROOT dobj  punct nsubj ROOT  punct
3     0     0     3    3     3     7     7     7
"""
IT_RAINS = """
Kenya left  .     It    is   clear that  Chad  stayed .
Kenya leave .     it    be   clear that  Chad  stay   .
PROPN VERB  PUNCT PRON  AUX  ADJ   SCONJ PROPN VERB   PUNCT
NNP   VBD   .     PRP   VBZ  JJ    IN    NNP   VBD    .
nsubj ROOT  punct nsubj ROOT acomp mark  nsubj ccomp  punct
1     1     1     4     4    4     8     8     4      4
"""
REFERRED_TO_AS = """
The jet   ,     often  referred to   as   Zed   ,     left  Peru  .
the jet   ,     often  refer    to   as   Zed   ,     leave Peru  .
DET NOUN  PUNCT ADV    VERB     ADP  ADP  PROPN PUNCT VERB  PROPN PUNCT
DT  NN    ,     RB     VBN      IN   IN   NNP   ,     VBD   NNP   .
det nsubj punct advmod acl      prep prep pobj  punct ROOT  dobj  punct
1   9     1     4      1        4    4    6     1     9     9     9
"""
YOUNGEST = """
Kenya is   the youngest of   five   states .
Kenya be   the young    of   five   state  .
PROPN AUX  DET ADJ      ADP  NUM    NOUN   PUNCT
NNP   VBZ  DT  JJS      IN   CD     NNS    .
nsubj ROOT det attr     prep nummod pobj   punct
1     1    3   1        3    6      4      1
"""
FROM_ASKING = """
Kenya got  a   warning from asking Peru  .
Kenya get  a   warning from ask    Peru  .
PROPN VERB DET NOUN    ADP  VERB   PROPN PUNCT
NNP   VBD  DT  NN      IN   VBG    NNP   .
nsubj ROOT det dobj    prep pcomp  dobj  punct
1     1    3   1       1    4      5     1
"""
PERHAPS = """
Kenya sent troops ,     and   perhaps donors helped Peru  .
Kenya send troop  ,     and   perhaps donor  help   Peru  .
PROPN VERB NOUN   PUNCT CCONJ ADV     NOUN   VERB   PROPN PUNCT
NNP   VBD  NNS    ,     CC    RB      NNS    VBD    NNP   .
nsubj ROOT dobj   punct cc    advmod  nsubj  conj   dobj  punct
1     1    1      1     1     6       7      1      7     7
"""
SHE_ASSUMED = """
Peru  met  an  envoy who   would help  ,     she   assumed   ,     this author   .
Peru  meet an  envoy who   would help  ,     she   assume    ,     this author   .
PROPN VERB DET NOUN  PRON  AUX   VERB  PUNCT PRON  VERB      PUNCT DET  NOUN     PUNCT
NNP   VBD  DT  NN    WP    MD    VB    ,     PRP   VBD       ,     DT   NN       .
nsubj ROOT det dobj  nsubj aux   relcl punct nsubj parataxis punct det  dobj     punct
1     1    3   1     6     6     3     9     9     1         9     12   9        1
"""
THEIR_STATEMENT = """
As   their statement of   principle ,     Kenya signed the pact .
as   their statement of   principle ,     Kenya sign   the pact .
ADP  PRON  NOUN      ADP  NOUN      PUNCT PROPN VERB   DET NOUN PUNCT
IN   PRP$  NN        IN   NN        ,     NNP   VBD    DT  NN   .
prep poss  pobj      prep pobj      punct nsubj ROOT   det dobj punct
7    2     0         2    3         7     7     7      9   7    7
"""
SHE = """
Anna     Politkovskaya left  Moscow .     She   died .
Anna     Politkovskaya leave Moscow .     she   die  .
PROPN    PROPN         VERB  PROPN  PUNCT PRON  VERB PUNCT
NNP      NNP           VBD   NNP    .     PRP   VBD  .
compound nsubj         ROOT  dobj   punct nsubj ROOT punct
1        2             2     2      2     6     6    6
"""
QUOTED_I = """
"     I     sold  ships ,     "     Ada      Okoro said .
"     I     sell  ship  ,     "     Ada      Okoro say  .
PUNCT PRON  VERB  NOUN  PUNCT PUNCT PROPN    PROPN VERB PUNCT
``    PRP   VBD   NNS   ,     ''    NNP      NNP   VBD  .
punct nsubj ccomp dobj  punct punct compound nsubj ROOT punct
8     2     8     2     8     8     7        8     8    8
"""
THE_WOMEN = """
The women left  Peru  ,     and   they  reached Chile .
the woman leave Peru  ,     and   they  reach   Chile .
DET NOUN  VERB  PROPN PUNCT CCONJ PRON  VERB    PROPN PUNCT
DT  NNS   VBD   NNP   ,     CC    PRP   VBD     NNP   .
det nsubj ROOT  dobj  punct cc    nsubj conj    dobj  punct
1   2     2     2     2     2     7     2       7     7
"""
SHE_OF_TWO = """
Anna     Petrova met  Boris    Ivanov .     She   died .
Anna     Petrova meet Boris    Ivanov .     she   die  .
PROPN    PROPN   VERB PROPN    PROPN  PUNCT PRON  VERB PUNCT
NNP      NNP     VBD  NNP      NNP    .     PRP   VBD  .
compound nsubj   ROOT compound dobj   punct nsubj ROOT punct
1        2       2    4        2      2     7     7    7
"""
HE_OF_TWO = """
Anna     Petrova met  Boris    Ivanov .     He    died .
Anna     Petrova meet Boris    Ivanov .     he    die  .
PROPN    PROPN   VERB PROPN    PROPN  PUNCT PRON  VERB PUNCT
NNP      NNP     VBD  NNP      NNP    .     PRP   VBD  .
compound nsubj   ROOT compound dobj   punct nsubj ROOT punct
1        2       2    4        2      2     7     7    7
"""
POINTING_AHEAD = """
In   his  youth ,     Boris    Ivanov left  Moscow .
in   his  youth ,     Boris    Ivanov leave Moscow .
ADP  PRON NOUN  PUNCT PROPN    PROPN  VERB  PROPN  PUNCT
IN   PRP$ NN    ,     NNP      NNP    VBD   NNP    .
prep poss pobj  punct compound nsubj  ROOT  dobj   punct
6    2    0     6     5        6      6     6      6
"""
COMMITTEE = """
The Security Committee met  .     The Committee left  .
the Security Committee meet .     the Committee leave .
DET PROPN    PROPN     VERB PUNCT DET PROPN     VERB  PUNCT
DT  NNP      NNP       VBD  .     DT  NNP       VBD   .
det compound nsubj     ROOT punct det nsubj     ROOT  punct
2   2        3         3    3     6   7         7     7
"""
OLYMPICS = """
Kenya watched the Rio      Olympics .     The Games ended .
Kenya watch   the Rio      Olympics .     the Games end   .
PROPN VERB    DET PROPN    PROPN    PUNCT DET PROPN VERB  PUNCT
NNP   VBD     DT  NNP      NNP      .     DT  NNPS  VBD   .
nsubj ROOT    det compound dobj     punct det nsubj ROOT  punct
1     1       4   4        1        1     7   8     8     8
"""
TWO_COMMITTEES = """
The Security Committee met  the Defence  Committee .     The Committee left  .
the Security Committee meet the Defence  Committee .     the Committee leave .
DET PROPN    PROPN     VERB DET PROPN    PROPN     PUNCT DET PROPN     VERB  PUNCT
DT  NNP      NNP       VBD  DT  NNP      NNP       .     DT  NNP       VBD   .
det compound nsubj     ROOT det compound dobj      punct det nsubj     ROOT  punct
2   2        3         3    6   6        3         3     9   10        10    10
"""
SOCHI = """
Russia guarded the Sochi    Olympics .
Russia guard   the Sochi    Olympics .
PROPN  VERB    DET PROPN    PROPN    PUNCT
NNP    VBD     DT  NNP      NNPS     .
nsubj  ROOT    det compound dobj     punct
1      1       4   4        1        1
"""
SALISBURY = """
Salisbury must not  become a   symbol .
Salisbury must not  become a   symbol .
PROPN     AUX  PART VERB   DET NOUN   PUNCT
NNP       MD   RB   VB     DT  NN     .
nsubj     aux  neg  ROOT   det attr   punct
3         3    3    3      5   3      3
"""
READING = """
Reading is   fun   .
read    be   fun   .
VERB    AUX  ADJ   PUNCT
VBG     VBZ  JJ    .
nsubj   ROOT acomp punct
1       1    1     1
"""
EURO = """
Kenya watched the Euro  2016   tournament .
Kenya watch   the Euro  2016   tournament .
PROPN VERB    DET PROPN NUM    NOUN       PUNCT
NNP   VBD     DT  NNP   CD     NN         .
nsubj ROOT    det nmod  nummod dobj       punct
1     1       5   5     3      1          1
"""
OPERATION = """
France began Operation Barkhane in   Mali  .
France begin Operation Barkhane in   Mali  .
PROPN  VERB  PROPN     PROPN    ADP  PROPN PUNCT
NNP    VBD   NNP       NNP      IN   NNP   .
nsubj  ROOT  compound  dobj     prep pobj  punct
1      1     3         1        1    4     1
"""
ATTACK = """
In   the Skripal  attack ,     Russia used poison .
in   the Skripal  attack ,     Russia use  poison .
ADP  DET PROPN    NOUN   PUNCT PROPN  VERB NOUN   PUNCT
IN   DT  NNP      NN     ,     NNP    VBD  NN     .
prep det compound pobj   punct nsubj  ROOT dobj   punct
6    3   3        0      6     6      6    6      6
"""
CITIZENS = """
Russian citizens visited Peru  .
russian citizen  visit   Peru  .
ADJ     NOUN     VERB    PROPN PUNCT
JJ      NNS      VBD     NNP   .
amod    nsubj    ROOT    dobj  punct
1       2        2       2     2
"""
THE_RUSSIANS = """
The Russians left  .
the Russians leave .
DET PROPN    VERB  PUNCT
DT  NNPS     VBD   .
det nsubj    ROOT  punct
1   2        2     2
"""
BANK_OF = """
The Bank  of   England met  .
the Bank  of   England meet .
DET PROPN ADP  PROPN   VERB PUNCT
DT  NNP   IN   NNP     VBD  .
det nsubj prep pobj    ROOT punct
1   4     1    2       4    4
"""
CLINTON = """
Hillary  Clinton spoke in   Ohio  .     Clinton left  .
Hillary  Clinton speak in   Ohio  .     Clinton leave .
PROPN    PROPN   VERB  ADP  PROPN PUNCT PROPN   VERB  PUNCT
NNP      NNP     VBD   IN   NNP   .     NNP     VBD   .
compound nsubj   ROOT  prep pobj  punct nsubj   ROOT  punct
1        2       2     2    3     2     7       7     7
"""
THE_WEST = """
The West  fears Russia .     He    went west   .
the West  fear  Russia .     he    go   west   .
DET PROPN VERB  PROPN  PUNCT PRON  VERB ADV    PUNCT
DT  NNP   VBZ   NNP    .     PRP   VBD  RB     .
det nsubj ROOT  dobj   punct nsubj ROOT advmod punct
1   2     2     2      2     6     6    6      6
"""
MANCHESTER = """
She   lives in   Manchester .
she   live  in   Manchester .
PRON  VERB  ADP  PROPN      PUNCT
PRP   VBZ   IN   NNP        .
nsubj ROOT  prep pobj       punct
1     1     1    2          1
"""
BOSTON = """
Boston   Dynamics sells robots .
Boston   Dynamics sell  robot  .
PROPN    PROPN    VERB  NOUN   PUNCT
NNP      NNP      VBZ   NNS    .
compound nsubj    ROOT  dobj   punct
1        2        2     2      2
"""
THE_ORANGE = """
The Orange won  .
the Orange win  .
DET PROPN  VERB PUNCT
DT  NNP    VBD  .
det nsubj  ROOT punct
1   2      2    2
"""
LINCOLN = """
President Lincoln spoke .
President Lincoln speak .
PROPN     PROPN   VERB  PUNCT
NNP       NNP     VBD   .
compound  nsubj   ROOT  punct
1         2       2     2
"""
AT_NO_TIME = """
At   no  time did Kenya sign the treaty .
at   no  time do  Kenya sign the treaty .
ADP  DET NOUN AUX PROPN VERB DET NOUN   PUNCT
IN   DT  NN   VBD NNP   VB   DT  NN     .
prep det pobj aux nsubj ROOT det dobj   punct
5    2   0    5   5     5    7   5      5
"""
IN_WORDS_OF = """
In   the words of   the envoy ,     Cuba  betrayed Chad  .
in   the word  of   the envoy ,     Cuba  betray   Chad  .
ADP  DET NOUN  ADP  DET NOUN  PUNCT PROPN VERB     PROPN PUNCT
IN   DT  NNS   IN   DT  NN    ,     NNP   VBD      NNP   .
prep det pobj  prep det pobj  punct nsubj ROOT     dobj  punct
8    2   0     2    5   3     8     8     8        8     8
"""
AS_PUT = """
As    the envoy put   it   ,     Mali  lost the north .
as    the envoy put   it   ,     Mali  lose the north .
SCONJ DET NOUN  VERB  PRON PUNCT PROPN VERB DET NOUN  PUNCT
IN    DT  NN    VBD   PRP  ,     NNP   VBD  DT  NN    .
mark  det nsubj advcl dobj punct nsubj ROOT det dobj  punct
3     2   3     7     3    7     7     7    9   7     7
"""
HAD = """
Had  Peru  closed the border ,     Chad  would have protested .
have Peru  close  the border ,     Chad  would have protest   .
AUX  PROPN VERB   DET NOUN   PUNCT PROPN AUX   AUX  VERB      PUNCT
VBD  NNP   VBD    DT  NN     ,     NNP   MD    VB   VBN       .
aux  nsubj ccomp  det dobj   punct nsubj aux   aux  ROOT      punct
2    2     9      4   2      9     9     9     9    9         9
"""
INSTEAD = """
Instead of   building the dam  ,     Laos  sold the land .
instead of   build    the dam  ,     Laos  sell the land .
ADV     ADP  VERB     DET NOUN PUNCT PROPN VERB DET NOUN PUNCT
RB      IN   VBG      DT  NN   ,     NNP   VBD  DT  NN   .
advmod  prep pcomp    det dobj punct nsubj ROOT det dobj punct
1       7    1        4   2    7     7     7    9   7    7
"""
ACCUSED = """
Prosecutors accused the mayor of   taking bribes .
prosecutor  accuse  the mayor of   take   bribe  .
NOUN        VERB    DET NOUN  ADP  VERB   NOUN   PUNCT
NNS         VBD     DT  NN    IN   VBG    NNS    .
nsubj       ROOT    det dobj  prep pcomp  dobj   punct
1           1       3   1     3    4      5      1
"""
WONDER = """
Critics wonder if    Malta sold  the passports .
critic  wonder if    Malta sell  the passport  .
NOUN    VERB   SCONJ PROPN VERB  DET NOUN      PUNCT
NNS     VBP    IN    NNP   VBD   DT  NNS       .
nsubj   ROOT   mark  nsubj advcl det dobj      punct
1       1      4     4     1     6   4         1
"""
WHO = """
The World    Health   Organization (     WHO   )     met  .     WHO   left  .
the World    Health   Organization (     WHO   )     meet .     who   leave .
DET PROPN    PROPN    PROPN        PUNCT PROPN PUNCT VERB PUNCT PRON  VERB  PUNCT
DT  NNP      NNP      NNP          -LRB- NNP   -RRB- VBD  .     WP    VBD   .
det compound compound nsubj        punct appos punct ROOT punct nsubj ROOT  punct
3   3        3        7            5     3     5     7    7     10    10    10
"""
NAMED_AFTER = """
Kenya 's   president ,     Ruto  ,     met  Museveni .
Kenya 's   president ,     Ruto  ,     meet Museveni .
PROPN PART NOUN      PUNCT PROPN PUNCT VERB PROPN    PUNCT
NNP   POS  NN        ,     NNP   ,     VBD  NNP      .
poss  case nsubj     punct appos punct ROOT dobj     punct
2     0    6         2     2     2     6    6        6
"""
BASED = """
The Lima     -     based bank  financed it   .
the Lima     -     base  bank  finance  it   .
DET PROPN    PUNCT VERB  NOUN  VERB     PRON PUNCT
DT  NNP      HYPH  VBN   NN    VBD      PRP  .
det npadvmod punct amod  nsubj ROOT     dobj punct
4   3        3     4     5     5        5    5
"""
USE_ON = """
The use   of   gas  in   Peru  ended .
the use   of   gas  in   Peru  end   .
DET NOUN  ADP  NOUN ADP  PROPN VERB  PUNCT
DT  NN    IN   NN   IN   NNP   VBD   .
det nsubj prep pobj prep pobj  ROOT  punct
1   6     1    2    1    4     6     6
"""
EXAMPLES = """
States ,     including Ghana and   Togo  ,     left  .
state  ,     include   Ghana and   Togo  ,     leave .
NOUN   PUNCT VERB      PROPN CCONJ PROPN PUNCT VERB  PUNCT
NNS    ,     VBG       NNP   CC    NNP   ,     VBD   .
nsubj  punct prep      pobj  cc    conj  punct ROOT  punct
7      0     0         2     3     3     0     7     7
"""
WHOSE = """
The bank  ,     whose debt  doubled ,     closed .
the bank  ,     whose debt  double  ,     close  .
DET NOUN  PUNCT DET   NOUN  VERB    PUNCT VERB   PUNCT
DT  NN    ,     WP$   NN    VBD     ,     VBD    .
det nsubj punct poss  nsubj relcl   punct ROOT   punct
1   7     1     4     5     1       1     7      7
"""
LIVES_IN = """
This  is   the house which he    lives in
this  be   the house which he    live  in
PRON  AUX  DET NOUN  PRON  PRON  VERB  ADP
DT    VBZ  DT  NN    WDT   PRP   VBZ   IN
nsubj ROOT det attr  pobj  nsubj relcl prep
1     1    3   1     7     6     3     6
"""
# fmt: on
