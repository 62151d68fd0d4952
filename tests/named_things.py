"""A graph of people whose names have letters that keyboards lack, and how else they are typed."""

# ruff: noqa: RUF001 - names are spelt as their bearers spell them
import unicodedata
from functools import cache

from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.records import Document, Entity, Mention, MentionGroup, Passage, Reading

PEOPLE = [
    # name, first, surname; without accents; spelt out
    ("Jürgen Müller", "Jürgen", "Müller", "Jurgen Muller", "Juergen Mueller"),
    ("Søren Kjærgård", "Søren", "Kjærgård", "Soren Kjaergard", "Soeren Kjaergaard"),
    ("Łukasz Wójcik", "Łukasz", "Wójcik", "Lukasz Wojcik", "Lukasz Wojcik"),
    ("Günter Weiß", "Günter", "Weiß", "Gunter Weiss", "Guenter Weiss"),
    ("Đorđe Balašević", "Đorđe", "Balašević", "Dorde Balasevic", "Djordje Balasevic"),
    ("Þórður Ægisson", "Þórður", "Ægisson", "Thordur Aegisson", "Thordur Aegisson"),
    ("Åse Lindström", "Åse", "Lindström", "Ase Lindstrom", "Aase Lindstroem"),
    ("Antonín Dvořák", "Antonín", "Dvořák", "Antonin Dvorak", "Antonin Dvorak"),
    ("José Núñez", "José", "Núñez", "Jose Nunez", "Jose Nunez"),
    ("İsmet Yıldız", "İsmet", "Yıldız", "Ismet Yildiz", "Ismet Yildiz"),
    ("Gabriel García Márquez", "Gabriel", "García Márquez", "Gabriel Garcia Marquez",
     "Gabriel Garcia Marquez"),
    ("Nguyễn Văn Thiệu", "Nguyễn Văn", "Thiệu", "Nguyen Van Thieu", "Nguyen Van Thieu"),
    ("Jean-François Lefèvre", "Jean-François", "Lefèvre", "Jean-Francois Lefevre",
     "Jean-Francois Lefevre"),
    ("Sinéad O’Connor", "Sinéad", "O’Connor", "Sinead O'Connor", "Sinead O'Connor"),
    ("Ľudovít Štúr", "Ľudovít", "Štúr", "Ludovit Stur", "Ludovit Stur"),
    ("Ion Țiriac", "Ion", "Țiriac", "Ion Tiriac", "Ion Tiriac"),
    ("Anna Bergstroem", "Anna", "Bergstroem", "Anna Bergström", "Anna Bergstroem"),
]  # fmt: skip


def forms_of(person):
    """Return how a person's name may be typed."""
    name, first, surname, plain, spelt_out = person
    return {
        "without accents": plain,
        "spelt out": spelt_out,
        "upper case": name.upper(),
        "surname first": f"{surname.upper()}, {first}",
        "initial": f"{first[0]}. {surname}",
        "decomposed": unicodedata.normalize("NFD", name),
    }


TYPED = [(person[0], how, typed) for person in PEOPLE for how, typed in forms_of(person).items()]


def graph_of(*things):
    """Return a graph of things, each given as (name, type, mentions, other names …)."""
    text = " ".join(name for name, _, count, *_ in things for _ in range(count))
    document = Document("d", "D", text, "d.txt", "en", "0" * 64)
    groups, entities, start = [], [], 0
    for number, (name, type_, count, *others) in enumerate(things):
        mentions = []
        for _ in range(count):
            passage = Passage("d", start, start + len(name))
            mentions.append(Mention(passage, name, "name"))
            start += len(name) + 1
        id_ = "-".join(name.casefold().split())
        id_ = f"{id_}-{number}" if id_ in {e.id for e in entities} else id_
        if mentions:
            groups.append(MentionGroup(number, name, type_, tuple(mentions)))
        keys = (("d", number),) if mentions else ()
        entities.append(Entity(id_, name, type_, also_known_as=tuple(others), groups=keys))
    reading = Reading(document, ((0, len(text)),) if text else (), tuple(groups), ())
    return KnowledgeGraph([reading], entities, []) if things else assemble_graph([], [])


@cache
def people():
    """Return the graph of the people."""
    return graph_of(*((name, "Person", 1) for name, *_ in PEOPLE))
