"""One encoder, and heads on it: what is learned, and how each set teaches what it knows.

MiniLM-L6 reads word pieces in lower case; how each word was written (Title, CAPITALS, mIxed,
d1gits) comes in as the token type, whose embeddings are learned here. A word is the mean of its
first and last piece, in learned proportions. On the words stand five heads:

* ``names``: a label a word (outside, beginning or going on with a name of a type);
* ``starts``: whether a sentence begins with the word;
* ``tags``: its Penn tag;
* ``arcs``: for each word and each other (or none: the root), whether that is its head,
  a biaffine score (Dozat and Manning 2017) among the words of one sentence;
* ``labels``: the ClearNLP label of the arc, from both ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import nn
from transformers import AutoModel

TYPES = [
    "Person", "Organization", "PoliticalParty", "Country", "City", "Region", "Place",
    "Facility", "Event", "Work", "Law", "Product", "Group",
]  # fmt: skip
NAME_LABELS = ["O", *(f"{p}-{t}" for t in TYPES for p in "BI")]
DEPS = [
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass",
    "case", "cc", "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj",
    "expl", "intj", "mark", "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod",
    "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "punct",
    "quantmod", "relcl", "xcomp",
]  # fmt: skip
TAGS = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH",
    "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP",
    "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ",
    "WDT", "WP", "WP$", "WRB", "XX", "``",
]  # fmt: skip
ROOT = DEPS.index("ROOT")
SHAPES = 6
ARC, LABEL, TAG = 256, 128, 128
"""Width of what the heads make of a word."""
DROPOUT = 0.2
IMPOSSIBLE = -1e4
WEIGHTS = {"arcs": 1.0, "labels": 1.0, "tags": 0.5, "starts": 0.5, "names": 1.0}
"""What each head's loss counts."""

Batch = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Scores:
    """What the heads say of a batch's words (B x W); arcs have the root as their first column."""

    arcs: torch.Tensor
    dependents: torch.Tensor
    heads: torch.Tensor
    tags: torch.Tensor
    starts: torch.Tensor
    names: torch.Tensor


class Encoder(nn.Module):
    """MiniLM, or for a teacher MPNet, with a vector for each way of writing, and five heads."""

    def __init__(self, folder: str, *, more: int = 0) -> None:
        """Begin with the model in ``folder``; the heads on trees read ``more`` numbers of a word."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager"
        )
        width = self.encoder.config.hidden_size
        self._add_shapes(width)
        for module in self.encoder.modules():  # slow on a CPU, and no better with it
            if "SelfAttention" in type(module).__name__:
                module.dropout.p = 0.0
        self.mix = nn.Linear(2 * width, width)
        read = width + more
        with torch.no_grad():
            half = torch.eye(width) / 2
            self.mix.weight[:], self.mix.bias[:] = torch.cat([half, half], 1), 0
        self.root = nn.Parameter(torch.zeros(width))
        self.dropout = nn.Dropout(DROPOUT)
        self.name_head = nn.Linear(width, len(NAME_LABELS))
        self.start_head = nn.Sequential(nn.Linear(width, TAG), nn.GELU(), nn.Linear(TAG, 1))
        self.tag_head = nn.Sequential(nn.Linear(read, TAG), nn.GELU(), nn.Linear(TAG, len(TAGS)))
        self.arc_dependent, self.arc_head = self._layer(read, ARC), self._layer(read, ARC)
        self.arc_pair = nn.Linear(ARC, ARC)
        self.label_dependent, self.label_head = self._layer(read, LABEL), self._layer(read, LABEL)
        self.label_pair = nn.Linear(3 * LABEL, len(DEPS))
        nn.init.normal_(self.arc_pair.weight, std=0.02)

    def _add_shapes(self, width: int) -> None:
        """Give the encoder vectors for the ways of writing."""
        embeddings = self.encoder.embeddings
        self.typed = hasattr(embeddings, "token_type_embeddings")
        if self.typed:
            old = embeddings.token_type_embeddings.weight.data[0]
            embeddings.token_type_embeddings = nn.Embedding(SHAPES, width)
            # All begin as the one type that the encoder knows, so that nothing is unlearned.
            embeddings.token_type_embeddings.weight.data[:] = old
            self.encoder.config.type_vocab_size = SHAPES
        else:  # MPNet knows no types: the vectors are added to those of the pieces
            self.shapes = nn.Embedding(SHAPES, width)
            nn.init.zeros_(self.shapes.weight)

    @staticmethod
    def _layer(width: int, out: int) -> nn.Module:
        return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(DROPOUT))

    def words(self, batch: Batch) -> torch.Tensor:
        """Return a vector a word: B x W x width."""
        if self.typed:
            read = {"input_ids": batch["pieces"], "token_type_ids": batch["shapes"]}
        else:
            pieces = self.encoder.embeddings.word_embeddings(batch["pieces"])
            read = {"inputs_embeds": pieces + self.shapes(batch["shapes"])}
        hidden = self.encoder(**read, attention_mask=batch["mask"]).last_hidden_state
        ends = [
            torch.gather(hidden, 1, batch[n].unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
            for n in ("first", "last")
        ]
        return self.mix(torch.cat(ends, -1))

    def heads(self, words: torch.Tensor, more: torch.Tensor | None = None) -> Scores:
        """Return what the heads say; arcs not yet limited to a sentence.

        ``more`` (B x 1 + W x numbers) is what else is known of the root and of each word.
        """
        rooted = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        rooted = rooted if more is None else torch.cat([rooted, more], -1)
        known = rooted[:, 1:]
        asking = self.arc_pair(self.arc_dependent(known))
        return Scores(
            arcs=asking @ self.arc_head(rooted).transpose(1, 2),
            dependents=self.label_dependent(known),
            heads=self.label_head(rooted),
            tags=self.tag_head(known),
            starts=self.start_head(words).squeeze(-1),
            names=self.name_head(words),
        )

    def forward(self, batch: Batch) -> Scores:
        """Return what the heads say of a batch, arcs limited to a sentence."""
        scores = self.scores(batch)
        same = batch["sentence"].unsqueeze(1) == batch["sentence"].unsqueeze(2)
        itself = torch.eye(same.shape[1], dtype=torch.bool)
        allowed = F.pad(same & ~itself, (1, 0), value=True)
        scores.arcs.masked_fill_(~allowed, IMPOSSIBLE)
        return scores

    def scores(self, batch: Batch) -> Scores:
        """Return what the heads say of a batch."""
        return self.heads(self.dropout(self.words(batch)))

    def label_scores(self, scores: Scores, heads: torch.Tensor) -> torch.Tensor:
        """Return scores of labels for the given heads (0: the root): B x W x labels."""
        up = torch.gather(
            scores.heads, 1, heads.unsqueeze(-1).expand(-1, -1, scores.heads.shape[-1])
        )
        return self.label_pair(torch.cat([scores.dependents * up, scores.dependents, up], -1))


class Teacher(Encoder):
    """The same, which also reads the tree that the small spaCy pipeline gives to each sentence.

    That was trained on far more trees than are free; what it knows comes to the encoder by the
    trees that the teacher gives to free texts. Each word has the label and tag of its own and of
    its head; four weights a label say how far the given arc, its reverse, the head's head and the
    head's other dependents are heads in the end.
    """

    GIVEN = 48

    def __init__(self, folder: str) -> None:
        super().__init__(folder, more=4 * self.GIVEN)
        self.given_labels = nn.Embedding(len(DEPS), self.GIVEN)
        self.given_tags = nn.Embedding(len(TAGS), self.GIVEN)
        self.given_arc = nn.Parameter(torch.full((len(DEPS),), 2.0))
        self.given_reverse = nn.Parameter(torch.zeros(len(DEPS)))
        self.given_grandparent = nn.Parameter(torch.zeros(len(DEPS)))
        self.given_sibling = nn.Parameter(torch.zeros(len(DEPS)))

    def scores(self, batch: Batch) -> Scores:
        """Return what the heads say of a batch that has given trees."""
        words = self.dropout(self.words(batch))
        head, label, tag = (F.pad(batch[f"given_{n}"], (1, 0)) for n in ("head", "label", "tag"))
        own = torch.cat([self.given_labels(label), self.given_tags(tag)], -1)
        above = torch.gather(own, 1, head.unsqueeze(-1).expand(-1, -1, own.shape[-1]))
        scores = self.heads(words, self.dropout(torch.cat([own, above], -1)))
        arc = F.one_hot(head, head.shape[1]).float()
        kept = (
            (torch.rand(arc.shape[:2]) > 0.1).float()
            if self.training
            else torch.ones(arc.shape[:2])
        )
        bonus = arc * (self.given_arc[label] * kept).unsqueeze(-1)
        bonus += arc.transpose(1, 2) * self.given_reverse[label].unsqueeze(1)
        bonus += (arc @ arc) * self.given_grandparent[label].unsqueeze(-1)
        bonus += (arc @ arc.transpose(1, 2)) * self.given_sibling[label].unsqueeze(1)
        return replace(scores, arcs=scores.arcs + bonus[:, 1:])


def losses(model: Encoder, batch: Batch) -> dict[str, torch.Tensor]:
    """Return the loss of each head that the batch teaches.

    Names: the negative logarithm of what the model gives to all allowed labels together, as
    sets differ in their types. Where a set is silent (-1) nothing is lost.
    """
    scores = model(batch)
    if "allowed" in batch:
        odds = scores.names.log_softmax(-1).masked_fill(~batch["allowed"], -1e9).logsumexp(-1)
        return {"names": -(odds * batch["weight"]).sum() / batch["weight"].sum()}
    known = batch["head"].clamp(min=0)
    return {
        "arcs": _cross(scores.arcs, batch["head"]),
        "labels": _cross(model.label_scores(scores, known), batch["label"]),
        "tags": _cross(scores.tags, batch["tag"]),
        "starts": _binary(scores.starts, batch["start"]),
    }


def _cross(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-1)


def _binary(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    known = gold >= 0
    if not known.any():
        return scores.sum() * 0.0
    return F.binary_cross_entropy_with_logits(scores[known], gold[known].float())
