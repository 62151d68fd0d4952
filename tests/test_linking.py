"""Mention groups in, entities out; the knowledge base here is a few lines long."""

import pytest

from kg.folding import fold
from kg.linking.candidates import find_candidates
from kg.linking.context import Context
from kg.linking.disambiguation import decide, explain, rank_candidates
from kg.linking.knowledge_base import KnowledgeBase, KnownEntity, Office, load_knowledge_base
from kg.linking.knowledge_writer import KnowledgeWriter, kind_of_name
from kg.linking.reasons import identity_rows
from kg.linking.resolution import resolve_entities
from kg.linking.spelling import spelt_alike
from kg.plain_names import plain_name
from kg.records import Document, Mention, MentionGroup, Passage, Reading

ROWS = (
    (KnownEntity("Q145", "United Kingdom", "Country", 0.95, ("wd:Q145",)), ("UK", "Britain")),
    (KnownEntity("Q3921", "Harare", "City", 0.85, ("wd:Q3921",)), ("Salisbury",)),
    (KnownEntity("Q160642", "Salisbury", "City", 0.55, ("wd:Q160642",)), ()),
    (KnownEntity("Q1", "George Bush", "Person", 0.5, ("wd:Q1",)), ("Bush",)),
    (KnownEntity("Q2", "George Bush", "Person", 0.5, ("wd:Q2",)), ("Bush",)),
    (KnownEntity("Q3", "Ada Lovelace", "Person", 0.7, ("wd:Q3",)), ("Lovelace",)),
    (KnownEntity("Q90", "Paris", "City", 0.9, ("wd:Q90",)), ()),
    (KnownEntity("Q6", "Lovelace", "City", 0.6, ("wd:Q6",)), ()),
    (KnownEntity("Q4", "Volodymyr Zelenskyy", "Person", 0.7, ("wd:Q4",)), ()),
    (KnownEntity("Q5", "World Trade Board", "Organization", 0.7, ("wd:Q5",)), ("WTB",)),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    path = tmp_path_factory.mktemp("knowledge") / "small.kb"
    with KnowledgeWriter(path) as writer:
        for entity, names in ROWS:
            writer.add(entity, [(name, kind_of_name(name, entity)) for name in names])
    knowledge = KnowledgeBase([path])
    yield knowledge
    knowledge.close()


def reading(document_id, *groups):
    """Return a Reading whose text is its names: (name, type, kind, further names) each."""
    text, records = "", []
    for number, (name, kind, mention_kind, *others) in enumerate(groups):
        mentions = []
        for words in (name, *others):
            start = len(text)
            text += words + ". "
            mentions.append(
                Mention(Passage(document_id, start, start + len(words)), words, mention_kind)
            )
        records.append(MentionGroup(number, name, kind, tuple(mentions)))
    document = Document(document_id, document_id, text, document_id, "en", "0")
    return Reading(document, groups=tuple(records))


def person(*names):
    return names[0], "Person", "name", *names[1:]


def link_entities(readings, base):
    return list(resolve_entities(readings, base).entities)


def names(base, *readings):
    return [(e.name, e.type) for e in link_entities(readings, base)]


def test_label_beats_alias(base):
    assert decide(["Salisbury"], "City", base).entity.id == "Q160642"


def test_type_must_agree(base):
    assert decide(["Paris"], "Person", base).entity is None


def test_namesakes_make_it_unsure(base):
    assert not decide(["George Bush"], "Person", base).exact


def test_surname_alone_is_never_a_sure_link(base):
    assert not decide(["Lovelace"], "Person", base).exact


def test_a_town_no_better_known_than_somebody_of_its_name_is_no_sure_link(base):
    assert decide(("Paris",), "City", base).exact
    found = decide(("Lovelace",), "City", base)
    assert (found.entity.id, found.exact) == ("Q6", False)


def test_acronym_alone_is_never_a_sure_link(base):
    assert not decide(["WTB"], "Organization", base).exact


def test_two_names_that_fit_make_a_link_surer(base):
    alone, both = (
        decide(names, "Organization", base) for names in (["WTB"], ["WTB", "World Trade Board"])
    )
    assert both.probability > alone.probability


def test_decision_keeps_reasons_and_the_runner_up(base):
    decision = decide(["Salisbury"], "City", base)
    assert decision.rival.id == "Q3921"
    assert decision.reasons == ("name is its label", "known 0.55", "not Harare (Q3921)")


@pytest.mark.parametrize(
    ("name", "kind", "how"),
    [
        ("Ada Lovelace", "Person", "name"),
        ("Mrs Ada Lovelace", "Person", "name without title"),
        ("World Trade Board Ltd", "Organization", "name without legal form"),
        ("Volodymyr Zelensky", "Person", "near spelling"),
    ],
)
def test_a_name_is_found_in_other_forms(base, name, kind, how):
    assert [c.how for c in find_candidates(name, kind, base)] == [how]


def test_a_near_spelling_is_never_a_sure_link(base):
    assert not decide(["Volodymyr Zelensky"], "Person", base).exact


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("volodymyr zelensky", "volodymyr zelenskyy", True),
        ("unit 26165 station", "unit 74455 station", False),
        ("anna petrova", "inna petrova", False),
        ("mark smith", "mary smith", False),
        ("ann lee", "ann leo", False),
        ("james comey", "james comer", False),
        ("james comey", "james corney", True),
        ("austrian government", "australian government", False),
        ("boris pristina", "boris prishtina", True),
    ],
)
def test_only_long_words_may_differ_by_a_letter(first, second, alike):
    assert spelt_alike(first, second) == alike


@pytest.mark.parametrize(
    ("name", "kind", "plain"),
    [
        ("Mr Vladimir Putin", "Person", "Vladimir Putin"),
        ("LTG Ada Okoro", "Person", "Ada Okoro"),
        ("M. Night Okoro", "Person", "M. Night Okoro"),
        ("King", "Person", "King"),
        ("Queen Mary College", "Organization", "Queen Mary College"),
        ("Rosneft OAO", "Organization", "Rosneft"),
        ("Acme Widgets, Inc.", "Organization", "Acme Widgets"),
        ("Consulting LLC", "Organization", "Consulting LLC"),
        ("Ltd", "Organization", "Ltd"),
    ],
)
def test_titles_and_legal_forms_are_no_part_of_a_name(name, kind, plain):
    assert plain_name(name, kind) == plain


def test_explaining_a_name_puts_its_bearers_in_order(base):
    assert [entity.id for entity, _, _ in explain("Salisbury", None, base)] == ["Q160642", "Q3921"]


def test_names_of_one_country_are_one_entity(base):
    found = link_entities(
        [reading("a", ("UK", "Country", "name")), reading("b", ("Britain", "Country", "name"))],
        base,
    )
    assert [(e.id, e.also_known_as) for e in found] == [("united-kingdom", ("Britain", "UK"))]


def test_same_name_and_type_are_one_entity_across_documents(base):
    one, two = reading("a", person("Ada Okoro")), reading("b", person("Ada Okoro"))
    assert names(base, one, two) == [("Ada Okoro", "Person")]


def test_surname_joins_the_only_full_name(base):
    one, two = reading("a", person("Ada Okoro")), reading("b", person("Okoro"))
    assert names(base, one, two) == [("Ada Okoro", "Person")]


def test_surname_of_two_people_stays_alone(base):
    one = reading("a", person("Ada Okoro"), person("Ben Okoro"))
    assert len(names(base, one, reading("b", person("Okoro")))) == 3


@pytest.mark.parametrize(
    ("first", "second", "entities"),
    [
        (person("J Okoro"), person("Jane Okoro"), 1),
        (person("J Okoro"), person("Ada Okoro"), 2),
        (person("Ada Okoro Jr"), person("Ada Okoro"), 2),
        (person("Ada Okoro"), person("Mrs Ada Okoro"), 1),
        (person("Michael Okoro"), person("Mike Okoro"), 1),
        (person("Ada Okoro"), person("Ada B. Okoro"), 1),
        (person("Ada C. Okoro"), person("Ada B. Okoro"), 2),
        (person("Ada Okoro Jr."), person("Okoro Jr."), 1),
        (person("Ada Okoro"), person("Okoro Jr."), 2),
        (person("Vladim ir Okorov"), person("Vladimir Okorov"), 1),
        (person("Robe1t Okorov"), person("Robert Okorov"), 1),
        (person("James Comey"), person("James Corney"), 1),
        (person("James Comey"), person("Corney"), 1),
        (person("James Comey"), person("James Comer"), 2),
        (person("James B. Okoro"), person("James 8. Okoro"), 1),
        (person("Steve Okoro"), person("Stephen Okoro"), 1),
        (person("Gen Okoro"), person("Ada Okoro"), 1),
        (person("Pope Ada"), person("Ben Ada"), 2),
        (person("Konstantin Kilimnik"), person("Konstantin Kilimnick"), 1),
        (("Acme Widgets Ltd", "Organization", "name"), ("Acme Widgets", "Organization", "name"), 1),
        (("Unit 26165 Base", "Facility", "name"), ("Unit 74455 Base", "Facility", "name"), 2),
        (
            ("Internet Research Agency", "Organization", "name"),
            ("IRA", "Organization", "name"),
            1,
        ),
        (("Lake Trade Society", "Organization", "name"), ("IRA", "Organization", "name"), 2),
        (("US State Depot", "Organization", "name"), ("USD", "Organization", "name"), 2),
        (("US State Depot", "Organization", "name"), ("USSD", "Organization", "name"), 1),
        (("Consulting LLC", "Organization", "name"), ("Consulting", "Organization", "name"), 2),
        (("Lake Officials", "Group", "name"), ("Lake Official", "Group", "name"), 2),
    ],
)
def test_what_joins_two_names_and_what_keeps_them_apart(base, first, second, entities):
    assert len(names(base, reading("a", first), reading("b", second))) == entities


def test_surname_joins_the_one_whom_far_more_documents_name(base):
    many = [reading(f"d{n:02}", person("Ada Okoro")) for n in range(20)]
    readings = [*many, reading("x", person("Ben Okoro")), reading("y", person("Okoro"))]
    assert len(names(base, *readings)) == 2
    assert len(names(base, *readings[15:])) == 3


def test_one_scan_of_a_name_keeps_no_others_apart(base):
    scans = ["James Okorov", "Jam es Okorov", "James 8. Okorov", "James B. Okorov", "Okorov"]
    found = names(base, *(reading(f"d{n}", person(name)) for n, name in enumerate(scans)))
    assert len(found) == 1


def test_longer_and_broken_names_are_no_other_bearers_of_a_surname(base):
    odd = ["Attorney Ada Okoro", "Ben Jr. Okoro"]
    readings = [reading(f"d{n}", person(name)) for n, name in enumerate([*odd, "Ada Okoro"])]
    found = link_entities([*readings, reading("x", person("Okoro"))], base)
    assert {len(e.groups) for e in found if "Okoro" in e.also_known_as} == {2}


def test_what_one_name_contradicts_is_still_one_thing(base):
    town = ("Paris", "City", "name")
    readings = [reading("a", town), reading("b", person("Paris")), reading("c", person("Paris"))]
    assert names(base, *readings) == [("Paris", "City"), ("Paris", "Person")]


def test_of_two_middle_names_the_one_far_more_used_counts(base):
    many = [reading(f"d{n:02}", person("Ada B. Okoro")) for n in range(10)]
    rare, plain = reading("x", person("Ada C. Okoro")), reading("y", person("Ada Okoro"))
    assert len(names(base, *many, rare, plain)) == 2
    assert len(names(base, *many[:5], rare, plain)) == 3


def test_a_person_goes_by_a_first_name_where_there_is_one(base):
    readings = [reading("a", person("Okoro Jr.")), reading("b", person("Okoro Jr."))]
    found = names(base, *readings, reading("c", person("Ada Okoro Jr.")))
    assert found == [("Ada Okoro Jr.", "Person")]


def said(document_id, text, name, kind="Person"):
    """Return a Reading whose one group is a name in a sentence."""
    start = text.index(name)
    mention = Mention(Passage(document_id, start, start + len(name)), name, "name")
    document = Document(document_id, document_id, text, document_id, "en", "0")
    return Reading(document, groups=(MentionGroup(0, name, kind, (mention,)),))


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("See United States v. Okoro, 710 F.3d 1124.", 2),
        ("See Okoro v. Jones, 710 F.3d 1124.", 2),
        ("So Justice Okoro held.", 2),
        ("Before Judge Okoro he said so.", 2),
        ("See id. at 12 (Okoro, J., concurring).", 2),
        ("The court agreed (Okoro , C . J ., and Lee, J.).", 2),
        ("Okoro, Jones and Lee concurred.", 1),
        ("General Okoro said so.", 1),
        ("Yesterday Okoro, Jones and Lee met.", 1),
    ],
)
def test_the_surname_of_a_case_or_a_judge_is_nobody_else(base, text, entities):
    whole = reading("a", person("Ada Okoro"))
    assert len(names(base, whole, said("b", text, "Okoro"))) == entities


@pytest.mark.parametrize(("role", "entities"), [("General", 2), ("President", 1)])
def test_a_rank_without_its_name_is_nobody_elsewhere(base, role, entities):
    readings = [reading(d, (role, "Role", "role")) for d in ("a", "b")]
    assert len(names(base, *readings)) == entities


@pytest.mark.parametrize(("country", "entities"), [("Kenya", 1), ("Chile", 2)])
def test_a_party_has_namesakes_in_other_countries(base, country, entities):
    party = ("Green Party", "PoliticalParty", "name")
    readings = [
        reading("a", party, ("Kenya", "Country", "name", "Kenya")),
        reading("b", party, (country, "Country", "name")),
    ]
    found = [e for e in link_entities(readings, base) if e.name == "Green Party"]
    assert len(found) == entities


@pytest.mark.parametrize(("other", "entities"), [("Rain Board", 1), ("Lima Cup", 2)])
def test_a_town_in_a_document_of_sport_may_be_its_team(base, other, entities):
    readings = [
        reading("a", ("Zqxw", "City", "name")),
        reading("b", ("Zqxw", "City", "name"), (other, "Organization", "name")),
    ]
    assert len([e for e in link_entities(readings, base) if e.name == "Zqxw"]) == entities


def test_what_begins_with_a_surname_is_no_full_name(base):
    readings = [
        reading("a", person("Ada Vantor"), person("Ben Vantor")),
        reading("b", person("Vantor Lima")),
        reading("c", person("Lima")),
    ]
    assert "Lima" in [name for name, _ in names(base, *readings)]


def test_a_person_named_in_full_is_no_town(base):
    readings = [
        reading("a", person("Ada Zqxw", "Zqxw")),
        reading("b", person("Zqxw")),
        reading("c", ("Zqxw", "City", "name", "Zqxw", "Zqxw", "Zqxw", "Zqxw")),
    ]
    assert names(base, *readings) == [("Ada Zqxw", "Person")]


def test_no_chain_of_surnames_joins_two_people(base):
    readings = [
        reading("a", person("Ada Okoro", "Okoro")),
        reading("b", person("Ben Okoro", "Okoro")),
        reading("c", person("Okoro")),
    ]
    found = link_entities(readings, base)
    assert not [e for e in found if {"Ada Okoro", "Ben Okoro"} <= {e.name, *e.also_known_as}]


def test_a_merge_has_its_reason_and_what_is_unsure_is_a_candidate(base):
    readings = [
        reading("a", person("Ada Okoro"), person("Ben Okoro")),
        reading("b", person("Ada Okoro"), person("Okoro")),
    ]
    found = resolve_entities(readings, base)
    assert [(m.names, m.reason) for m in found.merges] == [
        (("Ada Okoro", "Ada Okoro"), "same name")
    ]
    assert ("Okoro", "Ada Okoro") in [m.names for m in found.candidates]
    rows = list(identity_rows(found))
    assert {row[0] for row in rows} == {"merged", "candidate"}


def test_a_person_goes_by_the_full_name_that_documents_use_most(base):
    readings = [reading("a", person("Ada Okoro")), reading("b", person("Okoro"))]
    assert names(base, *readings, reading("c", person("Ada Okoro"))) == [("Ada Okoro", "Person")]


def test_unknown_name_takes_the_type_that_documents_give_it_most(base):
    one = reading("a", person("Vantor"))
    two = reading("b", ("Vantor", "City", "name"))
    assert names(base, one, two, reading("c", person("Vantor"))) == [("Vantor", "Person")]


def test_order_of_documents_changes_nothing(base):
    one = reading("a", person("Okoro"), ("UK", "Country", "name"))
    two = reading("b", person("Ada Okoro"), ("Vantor", "City", "name"))
    assert link_entities([one, two], base) == link_entities([two, one], base)


def test_clash_of_slugs_gets_a_number(base):
    found = link_entities([reading("a", person("Vantor"), ("Vantor", "Event", "name"))], base)
    assert sorted(e.id for e in found) == ["vantor", "vantor-2"]


@pytest.mark.parametrize(
    ("name", "kind", "item"),
    [
        ("Russia", "Country", "Q159"),
        ("UK", "Country", "Q145"),
        ("the Middle East", "Region", "Q7204"),
        ("Salisbury", "City", "Q160642"),
        ("Moscow", "City", "Q649"),
        ("New York City", "City", "Q60"),
        ("the Cold War", "Event", "Q8683"),
        ("Vladimir Putin", "Person", "Q7747"),
    ],
)
def test_the_base_knows_the_well_known(name, kind, item):
    decision = decide([name], kind, load_knowledge_base())
    assert decision.entity is not None
    assert f"http://www.wikidata.org/entity/{item}" in decision.entity.iris


def test_names_are_folded_alike_in_the_base_and_in_a_question(base):
    assert fold("the U.K.") == "uk"
    assert base.find("the U.K.")[0].entity.id == "Q145"


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    path = tmp_path_factory.mktemp("knowledge") / "namesakes.kb"
    then = [Office("Foreign Minister", "RU", "2016-01-01", "2018-12-31")]
    now = [Office("Foreign Minister", "RU", "2019-01-01", "")]
    with KnowledgeWriter(path) as writer:
        person = KnownEntity("Q1", "Ada Okoro", "Person", 0.5)
        writer.add(
            person, [("Okoro", "surname")], offices=then, description="painter of landscapes"
        )
        person = KnownEntity("Q2", "Ben Okoro", "Person", 0.5)
        writer.add(person, [("Okoro", "surname")], offices=now, description="minister and admiral")
        for number, words in ((3, "football player"), (4, "composer of operas")):
            known = KnownEntity(f"Q{number}", "Jan Novak", "Person", 0.5)
            writer.add(known, [], description=words)
    return KnowledgeBase([path])


@pytest.mark.parametrize(
    ("day", "text", "item"),
    [
        ("2017-05-01", "Foreign Minister Okoro left.", "Q1"),
        ("2020-05-01", "Foreign Minister Okoro left.", "Q2"),
        ("2020-05-01", "Okoro, the Foreign Minister, left.", "Q2"),
    ],
)
def test_an_office_beside_a_name_speaks_for_whoever_held_it_that_day(namesakes, day, text, item):
    start = text.index("Okoro")
    context = Context(text, ((start, start + 5),), day)
    ranked = rank_candidates(["Okoro"], "Person", namesakes, context=context)
    assert (ranked.best.entity.id, ranked.best.support) == (item, 2)


@pytest.mark.parametrize(("word", "item"), [("football", "Q3"), ("operas", "Q4")])
def test_words_of_the_document_speak_for_the_thing_they_describe(namesakes, word, item):
    context = Context(words=frozenset({word}))
    ranked = rank_candidates(["Jan Novak"], "Person", namesakes, context=context)
    assert ranked.best.entity.id == item


# --- what the document says of where and when, and names that are not quite the thing's ---------

SETTINGS = (
    (KnownEntity("Q1", "Senate", "Government", 0.6, ("wd:Q1",), "US"), ()),
    (KnownEntity("Q2", "Senate", "Government", 0.5, ("wd:Q2",), "CA"), ()),
    (KnownEntity("Q3", "John L. Marsh", "Person", 0.5, ("wd:Q3",), "", "1840", "1899"), ("John Marsh",)),
    (KnownEntity("Q4", "John Marsh", "Person", 0.5, ("wd:Q4",), "", "1950", ""), ()),
    (KnownEntity("Q5", "Korvan Institute for Tropical Studies", "Organization", 0.6, ("wd:Q5",)), ()),
    (KnownEntity("Q6", "Bright Harbour", "Organization", 0.6, ("wd:Q6",)), ()),
    (KnownEntity("Q7", "Łukasz Ørsted", "Person", 0.6, ("wd:Q7",)), ()),
)  # fmt: skip


@pytest.fixture(scope="module")
def settings_base(tmp_path_factory):
    path = tmp_path_factory.mktemp("knowledge") / "settings.kb"
    with KnowledgeWriter(path) as writer:
        for entity, names_ in SETTINGS:
            writer.add(entity, [(name, kind_of_name(name, entity)) for name in names_])
    return KnowledgeBase([path])


def best(name, kind, base, **context):
    ranked = rank_candidates([name], kind, base, context=Context(**context))
    return ranked.best.entity.id if ranked else None


@pytest.mark.parametrize(("country", "item"), [("CA", "Q2"), ("US", "Q1"), ("", "Q1")])
def test_a_parliament_is_the_documents_own_countrys(settings_base, country, item):
    assert best("Senate", "Government", settings_base, country=country) == item


@pytest.mark.parametrize(("years", "item"), [((1871, 1890), "Q3"), ((2010, 2015), "Q4")])
def test_a_century_tells_namesakes_apart(settings_base, years, item):
    assert best("John Marsh", "Person", settings_base, years=years) == item


def test_the_beginning_of_one_long_name_may_mean_it_but_never_surely(settings_base):
    assert best("Korvan Institute", "Organization", settings_base) == "Q5"
    assert not decide(["Korvan Institute"], "Organization", settings_base).exact


@pytest.mark.parametrize(("kind", "item"), [("Person", "Q6"), ("Work", "Q6"), ("Country", "Q6")])
def test_what_was_typed_wrongly_is_found_by_its_name(settings_base, kind, item):
    assert best("Bright Harbour", kind, settings_base) == item


@pytest.mark.parametrize("name", ["Lukasz Orsted", "Łukasz Ørsted", "Lukasz Oersted"])
def test_a_name_is_found_without_its_accents(settings_base, name):
    assert best(name, "Person", settings_base) == "Q7"


def test_what_is_known_of_a_thing_tells_its_type(settings_base):
    found = names(settings_base, reading("a", ("Bright Harbour", "Work", "name")))
    assert found in ([("Bright Harbour", "Organization")], [("Bright Harbour", "Work")])


# --- roles over several documents ------------------------------------------------------------


def titled(document_id, role, name):
    """Return a Reading of "President Okoro": the role right before the name."""
    text = f"{role} {name} left."
    after = len(role) + 1
    mentions = (
        Mention(Passage(document_id, 0, len(role)), role, "role"),
        Mention(Passage(document_id, after, after + len(name)), name, "name"),
    )
    groups = (
        MentionGroup(0, role, "Role", mentions[:1]), MentionGroup(1, name, "Person", mentions[1:]),
    )  # fmt: skip
    return Reading(Document(document_id, document_id, text, document_id, "en", "0"), groups=groups)


def bare(document_id):
    return reading(document_id, ("President", "Role", "role"))


def test_a_role_means_the_one_who_holds_it_in_these_documents(base):
    found = link_entities([titled("a", "President", "Ada Okoro"), bare("b")], base)
    # The office before the name is no name of hers.
    assert [(e.name, e.groups) for e in found] == [
        ("Ada Okoro", (("a", 1), ("b", 0))), ("President", (("a", 0),)),
    ]  # fmt: skip


def test_a_role_means_whom_far_more_documents_call_so(base):
    many = [titled(f"d{n}", "President", "Ada Okoro") for n in range(6)]
    other = titled("x", "President", "Ben Holt")
    assert ("President", "Role") in names(base, *many[:2], other, bare("b"))
    found = link_entities([*many, other, bare("b")], base)
    holder = next(e for e in found if e.name == "Ada Okoro")
    assert ("b", 0) in holder.groups
    assert ("x", 0) not in holder.groups


@pytest.mark.parametrize(
    ("one", "other", "entities"),
    [
        ("Korvan S.A.", "Korvan Ltd.", 2),
        ("Korvan Limited", "Korvan Ltd.", 1),
        ("Korvan", "Korvan Ltd.", 1),
    ],
)
def test_firms_of_other_legal_forms_are_two(base, one, other, entities):
    readings = [reading(d, (n, "Organization", "name")) for d, n in (("a", one), ("b", other))]
    assert len(names(base, *readings)) == entities
