"""The cue words of a language: what says, accuses, denies or assesses, and what each word needs around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import NamedTuple

from briefing.annotation.sequences import Sequences, by_first_word, first_words
from briefing.lexicon import table, word_set

NEAR = 6
"""Tokens around a word in which a negation undoes it: `nicht ausschließen`, `schloss das nicht aus`."""
CLAUSE_MARKS = frozenset(",;:–—()")


class Cues(NamedTuple):
    """The cue words of one language."""

    single: Mapping[str, tuple[str, ...]]
    """Word → kinds."""
    several: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word → sequences and their kind."""
    split: Mapping[str, tuple[tuple[tuple[str, ...], str, frozenset[str]], ...]]
    """Verb → particles that must follow in the clause, their kind, and words of which one must stand between."""
    hearsay: frozenset[str]
    taken: Mapping[str, frozenset[str]]
    """Word → words close behind it with which it accuses nobody: `claimed 12 lives`."""
    undo: frozenset[str]
    negations: frozenset[str]
    other_sense: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Beginnings of verbs of denial, and endings of the nouns with which they mean something else."""
    spoken: tuple[str, ...]
    """Beginnings of verbs that deny only where somebody who can speak is their subject."""
    contested: tuple[str, ...]
    """Beginnings of verbs that deny only with one of `contestable` in the sentence."""
    contestable: frozenset[str]
    contestable_endings: tuple[str, ...]
    """The same; compounds end in them."""
    nouns: frozenset[str]
    """Nouns of accusation, which accuse only where one of `noun_followers` tells of what or whom."""
    noun_followers: frozenset[str]
    accused: frozenset[str]
    """Verbs that accuse only where somebody who can speak is their subject."""
    wrongs: frozenset[str]
    """What one is charged with; where somebody says it, it is an accusation."""
    names: frozenset[str]
    """What somebody is called who does wrong, behind one of `calling`: `is a liar`."""
    calling: frozenset[str]
    fought: frozenset[str]
    """Words behind a wrong that show the same: `Missbrauch verhindern`."""
    unreal: frozenset[str]
    """Words before a wrong by which nobody did it yet: `would be a violation`."""
    oneself: frozenset[str]
    """Subjects by which somebody admits it: `we failed`."""
    faults: Sequences
    """First word → phrases that find fault with what somebody does: `turned a blind eye`."""
    charging: frozenset[str]
    """All words of which one is in a sentence that charges without a word of accusation."""
    armed: frozenset[str]
    """Those who bear arms, and their arms."""
    own_arms: frozenset[str]
    """Words before them by which they are those of who speaks."""
    admitting: frozenset[str]
    """Verbs by which who speaks admits a wrong: `räumte Versäumnisse ein`."""
    suffered: frozenset[str]
    """Words by which a pronoun for who speaks suffers a wrong: `say they were pressured`."""
    harms: frozenset[str]
    """What is a charge where one of `denouncers` tells of it."""
    denouncers: frozenset[str]
    deeds: frozenset[str]
    """Forms of verbs for wrongs that stand behind a negation: `did not steal`."""
    rebutting_wrong: frozenset[str]
    """Negations by which somebody says that a wrong was not done."""
    against: frozenset[str]
    """Words before a wrong that show whose fight against it is told: `gegen Korruption`."""
    not_nouns: frozenset[str]
    """Participles of accusation that are nouns behind an article: `the accused`."""
    states_of: frozenset[str]
    """Participles of accusation that tell of an office behind a copula: `ist dem Amt unterstellt`."""
    attributes: frozenset[str]
    """Adjectives by which an accusation is only mentioned: `the alleged scam`."""
    dated: frozenset[str]
    """Words before which such a word is a verb all the same: `alleged on Monday that`."""
    behind_comma: frozenset[str]
    """Verbs that accuse behind a comma, in the clause that says who does: `…, kritisierte der Verband`."""
    noun_predicates: frozenset[str]
    """Of `noun_followers`, those by which the noun accuses and is not only mentioned."""
    passives: frozenset[str]
    """Participles that only mention an accusation before one of `passive_of` and behind no auxiliary."""
    passive_of: frozenset[str]
    accusers: frozenset[str]
    """Those who accuse by their office, and their writings."""
    documents: frozenset[str]
    """Of these, the writings, which do nothing else."""
    media: frozenset[str]
    """Newspapers, broadcasters and their reports, for whose word the outlet does not vouch."""
    media_endings: tuple[str, ...]
    """Endings of such nouns where they are compounds: `Dem Zeitungsbericht zufolge`, `Spiegel-Informationen`."""
    by_media: tuple[str, ...]
    """Words by which they report; by others they are told: `sagte der Zeitung`."""
    by_accuser: tuple[str, ...]
    """Endings of words of speech before an accuser who tells of another: `laut Staatsanwaltschaft`."""
    proceedings: frozenset[str]
    """Words of what accusers do themselves, so that `prosecutors said` accuses nobody."""
    behind_accuser: tuple[str, ...]
    """The same behind one: `Ermittlern zufolge`."""
    blamed: frozenset[str]
    """Deeds that somebody stands behind or is responsible for."""
    blaming: frozenset[str]
    """Prepositions before them: `behind the attack`."""
    assigning: frozenset[str]
    """Words beside which they assign the deed to somebody: `stehe hinter dem Anschlag`."""
    own: frozenset[str]
    """Words by which somebody speaks of themselves."""
    selves: frozenset[str]
    """Pronouns for who speaks: `said it failed to`."""
    other_gender: Mapping[str, frozenset[str]]
    """Pronoun → those that stand for somebody of another gender."""
    only: frozenset[str]
    """Words behind which a negation negates nothing: `not only`."""
    copula: frozenset[str]
    loose: Mapping[str, tuple[frozenset[str], str]]
    """Verbs that are cues where one of the words stands behind them, and of what kind."""
    assessors: frozenset[str]
    """Those who are asked for forecasts."""
    asked: tuple[str, ...]
    """Endings of their compounds."""
    prospects: frozenset[str]
    """Verbs of what will or would be."""
    telling: frozenset[str]
    """Verbs of speech that do nothing else."""
    persons: frozenset[str]
    told_by: tuple[str, ...]
    """Endings of nouns for what was told, behind one of `told_after`: `nach Polizeiangaben`."""
    told_after: frozenset[str]
    capital_nouns: bool
    closing: bool
    """Whether a verb of speech may close a sentence behind its subject: `…, police say.`"""
    so: frozenset[str]
    """Words that name who says it at a sentence's end: `…, so die Studie.`"""
    not_noun_after: frozenset[str]
    """Words behind which they only mention an accusation: `im Zusammenhang mit Vorwürfen`."""
    states: frozenset[str]
    """Infinitives with which `soll` is hearsay, since they tell of a state: `soll aus Polen stammen`."""
    finite: frozenset[str]
    """Forms of auxiliaries that are no infinitives."""
    since: frozenset[str]
    """Words beside which `soll … sein` tells of what is already so."""
    planned: frozenset[str]
    """Words beside which `soll` tells of a plan: `soll bis 2030 installiert sein`."""
    modals: frozenset[str]
    """Verbs beside which a form in `infinitive` is an infinitive."""
    infinitive: str
    possible: frozenset[str]
    """Modal verbs that assess only of somebody else, and in no question or doubt."""
    likely: frozenset[str]
    """Words of probability, which assess in marks too, where a view is only stated."""
    missed: frozenset[str]
    """Two words that tell in marks what did not happen: `could have scored`."""
    idle: frozenset[str]
    """Words beside which they do not."""
    shifted: frozenset[str]
    """Of these, the ones that stand for `can` where somebody says it: `he said they could`."""
    able: frozenset[str]
    """Subjects of which it then tells what they can or may; empty where it does of any."""
    prospective: frozenset[str]
    """Infinitives with which they foresee all the same: `he said it could become`."""
    indefinite: frozenset[str]
    """Words behind which the subject is nobody in particular: `those who believe`."""
    determiners: frozenset[str]
    awaiting: tuple[str, ...]
    """Beginnings of verbs that tell what lies ahead of somebody with one of `awaited` beside them."""
    awaited: frozenset[str]
    not_after: frozenset[str]
    """Words behind which none assesses: `wie erwartet`, `less likely`."""
    unless: Mapping[str, tuple[str, ...]]
    """Word → beginnings of words beside which it means something else: `fühlen sich wohl`."""
    behind: Mapping[str, frozenset[str]]
    """Word → words of which one stands before it: `von … ausgegangen`."""
    not_before: frozenset[str]
    """Words before which none does: `muss mit Stau gerechnet werden`."""
    doubt: frozenset[str]
    """Words that open a clause of doubt: `ob`."""
    deeming: frozenset[str]
    """Verbs by which somebody finds something so, with one of `deemed` and an adjective: `halten das für falsch`."""
    deemed: frozenset[str]
    purpose: frozenset[str]
    """Words behind which a modal verb tells a purpose: `so they could`."""
    denied_by: frozenset[str]
    """Words behind it that name who denies: `were dismissed by`."""
    rebutting: frozenset[str]
    """Negations by which somebody answers an accusation."""
    relatives: frozenset[str]
    """Pronouns before these by which only an attribute is negated: `people who have never lived there`."""
    not_answers: frozenset[str]
    """Words behind these that answer no accusation: `no objection`."""
    done: frozenset[str]
    """Auxiliaries by which somebody tells what was not done: `did not order it`, `habe nichts angewiesen`."""
    told_done: frozenset[str]
    """Of these, the forms that only reported speech has."""
    not_deeds: frozenset[str]
    """Verbs that nobody is charged with: `did not comment`, `habe nicht gewonnen`."""
    fillers: frozenset[str]
    """Adverbs that may stand between a negation and its verb; in German subjects by which nobody does anything."""
    refused: frozenset[str]
    """Words before a participle that make it a refusal: `was denied entry`."""
    insist: frozenset[str]
    """Verbs that deny where a negation follows: `beteuerte, nichts zu wissen`."""
    saying: frozenset[str]
    """Verbs of speech, which show that somebody speaks although we cannot tell who."""
    that: frozenset[str]
    by: frozenset[str]
    """Prepositions of speech: `laut Anklage`."""
    rules: tuple[str, ...]
    """Endings of nouns for rules, by which nobody speaks: `laut Parteiengesetz`."""
    told: frozenset[str]
    """Participles of speech, which tell with an auxiliary of `perfect`."""
    perfect: frozenset[str]
    takes_up: frozenset[str]
    """Pronouns by which a verb of speech at a sentence's beginning takes up what was said: `Das berichtet …`."""
    tellers: frozenset[str]
    """Every word that may show that somebody speaks."""
    perfect_subjunctive: frozenset[str]
    """Forms by which an accusation goes on: `Er habe sie bedroht`."""
    shifting: frozenset[str]
    """Forms of auxiliaries by which reported speech goes on."""
    conditional: frozenset[str]
    """Words beside which they tell of what is not."""
    always: frozenset[str]
    """Of these, the ones that need nothing beside them: `The driver said she lost control`."""
    not_always: frozenset[str]
    """Words before them by which nobody says it: `is said`, `that said`."""
    positions: frozenset[str]
    """Verbs by which somebody takes a position, whatever follows: `The council condemned the raid`."""
    not_positions: frozenset[str]
    """Words before them by which nobody does: `was condemned`."""
    passive_by: frozenset[str]
    """Prepositions before who is the agent of a participle: `die vom Staatsanwalt verlangte Strafe`."""
    not_telling: frozenset[str]
    """Words before a verb of speech and its clause by which nobody tells: `to say that`, `sich sagt, dass`."""
    joins: frozenset[str]
    """Words that begin another clause, so that a particle before them closes one."""
    perfect_infinitives: frozenset[str]
    like: frozenset[str]
    """Verbs that report in a clause with `wie`."""
    triggers: frozenset[str]
    """Every word at which `_find` looks for something; a new search there begins with a word that must be here."""


@cache
def cue_words(language: str) -> Cues | None:
    """The cue words of `language`; None where it has none."""
    data = table(language, "status")
    if not data:
        return None
    faults = by_first_word(data["allegation"]["faults"])
    single: dict[str, tuple[str, ...]] = {}
    several: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    split: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = {}
    for kind in ("allegation", "denial", "assessment", "speech"):
        for entry in [*data[kind]["words"], *data[kind].get("last", []), *data[kind].get("defended", [])]:
            parts = tuple(entry.lower().split())
            if len(parts) == 1:
                single[entry] = (*single.get(entry, ()), kind)
            else:
                several.setdefault(parts[0], []).append((parts, kind))
        for verb, particles, *between in data[kind].get("split", []):
            split.setdefault(verb, []).append(
                (tuple(particles.lower().split()), kind, frozenset(" ".join(between).split()))
            )
    closed = partial(word_set, language, "grammar")

    def words(part: str, key: str) -> frozenset[str]:
        return word_set(language, "status", f"{part}.{key}")

    def stems(part: str, key: str) -> tuple[str, ...]:
        return tuple(data[part][key].split()) or ("\0",)

    return Cues(
        single=single,
        several={first: tuple(entries) for first, entries in several.items()},
        split={first: tuple(entries) for first, entries in split.items()},
        hearsay=frozenset(data["allegation"].get("hearsay", [])),
        taken={word: frozenset(behind.split()) for word, behind in data["allegation"]["taken"]},
        undo=words("denial", "negated"),
        negations=closed("negations"),
        other_sense=tuple(
            (tuple(stems.split()), tuple(endings.split())) for stems, endings in data["denial"]["other_sense"].items()
        ),
        spoken=stems("denial", "spoken"),
        contested=stems("denial", "contested"),
        contestable=words("denial", "contestable"),
        contestable_endings=stems("denial", "contestable"),
        denied_by=words("denial", "denied_by"),
        rebutting=words("denial", "rebutting"),
        relatives=closed("of_persons"),
        not_answers=words("denial", "not_answers"),
        refused=words("denial", "refused"),
        done=words("denial", "done"),
        told_done=words("denial", "told_done"),
        not_deeds=words("denial", "not_deeds"),
        fillers=words("denial", "fillers"),
        insist=words("denial", "insist"),
        nouns=words("allegation", "nouns"),
        noun_followers=words("allegation", "noun_followers"),
        accused=words("allegation", "heard"),
        wrongs=words("allegation", "wrongs") | {f"{word}s" for word in words("allegation", "wrongs")},  # des Betrugs
        names=words("allegation", "names"),
        calling=words("allegation", "calling") | closed("copula"),
        fought=words("allegation", "fought"),
        unreal=words("allegation", "unreal"),
        oneself=words("allegation", "oneself"),
        faults=faults,
        charging=words("allegation", "wrongs")
        | {f"{word}s" for word in words("allegation", "wrongs")}
        | words("allegation", "harms")
        | words("allegation", "names")
        | words("allegation", "blamed")
        | first_words(faults),
        armed=words("allegation", "armed"),
        own_arms=words("allegation", "own_arms") | closed("first_person"),
        admitting=words("allegation", "admitting"),
        suffered=words("allegation", "suffered"),
        harms=words("allegation", "harms"),
        denouncers=words("allegation", "denouncers"),
        deeds=words("allegation", "deeds"),
        rebutting_wrong=words("denial", "rebutting") | words("denial", "rebutting_wrong"),
        against=words("allegation", "against"),
        not_nouns=words("allegation", "not_nouns"),
        states_of=words("allegation", "states_of"),
        attributes=words("allegation", "attributes"),
        behind_comma=words("allegation", "behind_comma"),
        dated=words("allegation", "dated"),
        noun_predicates=words("allegation", "noun_predicates"),
        passives=words("allegation", "passives"),
        passive_of=words("allegation", "passive_of"),
        accusers=words("allegation", "accusers") | words("allegation", "documents"),
        documents=words("allegation", "documents"),
        media=words("allegation", "media"),
        media_endings=stems("allegation", "media_endings"),
        by_media=stems("allegation", "by_media"),
        by_accuser=stems("allegation", "by_accuser"),
        proceedings=words("allegation", "proceedings"),
        behind_accuser=stems("allegation", "behind_accuser"),
        blamed=words("allegation", "blamed"),
        blaming=words("allegation", "blaming"),
        assigning=words("allegation", "assigning"),
        own=closed("first_person"),
        other_gender={first: frozenset(others.split()) for first, others in data["allegation"]["other_gender"]},
        only=words("denial", "only"),
        selves=words("allegation", "selves"),
        copula=closed("copula"),
        loose={
            verb: (frozenset(behind.split()), kind)
            for kind in ("allegation", "assessment", "speech", "denial")
            for verb, behind in data[kind]["loose"]
        },
        assessors=words("assessment", "assessors"),
        asked=stems("assessment", "asked"),
        prospects=words("assessment", "prospects"),
        telling=words("speech", "telling"),
        persons=closed("pronouns_m") | closed("pronouns_f"),
        told_by=stems("speech", "told_by"),
        told_after=words("speech", "told_after"),
        capital_nouns=bool(table(language, "dates").get("capital_nouns")),
        closing=bool(data["speech"]["closing"]),
        so=words("speech", "so"),
        not_noun_after=words("allegation", "not_noun_after"),
        states=words("allegation", "states"),
        finite=word_set(language, "speech", "no_speech") - closed("perfect_infinitives") - {"werden"},
        since=words("allegation", "since"),
        planned=words("allegation", "planned"),
        modals=words("assessment", "modals"),
        infinitive=data["assessment"]["infinitive"],
        possible=words("assessment", "possible"),
        likely=words("assessment", "likely"),
        missed=frozenset(data["assessment"]["missed"]),
        idle=words("assessment", "idle"),
        shifted=words("assessment", "shifted"),
        able=words("assessment", "able"),
        prospective=words("assessment", "prospective"),
        indefinite=words("assessment", "indefinite"),
        determiners=closed("determiners"),
        awaiting=stems("assessment", "awaiting"),
        awaited=words("assessment", "awaited"),
        not_after=words("assessment", "not_after"),
        unless={word: tuple(beside.split()) for word, beside in data["assessment"]["unless"]},
        behind={word: frozenset(before.split()) for word, before in data["assessment"]["behind"]},
        not_before=words("assessment", "not_before"),
        doubt=words("assessment", "doubt"),
        deeming=words("assessment", "deeming"),
        deemed=words("assessment", "deemed"),
        purpose=words("assessment", "purpose"),
        saying=word_set(language, "speech", "certain") | words("speech", "saying"),
        that=words("speech", "that"),
        by=words("speech", "by"),
        rules=stems("speech", "rules"),
        told=words("speech", "told"),
        perfect=closed("perfect"),
        takes_up=words("speech", "takes_up"),
        tellers=word_set(language, "speech", "certain")
        | words("speech", "saying")
        | words("speech", "told")
        | words("speech", "positions")
        | words("speech", "so")
        | {form for word in words("speech", "by") for form in (word, word.capitalize())}
        | {":"},
        perfect_subjunctive=words("speech", "perfect_subjunctive"),
        shifting=words("speech", "shifting"),
        conditional=words("speech", "conditional"),
        always=words("speech", "always"),
        not_always=words("speech", "not_always"),
        positions=words("speech", "positions"),
        not_positions=words("speech", "not_positions"),
        passive_by=words("speech", "passive_by"),
        not_telling=words("speech", "not_telling"),
        joins=closed("conjunctions") | closed("subordinators"),
        perfect_infinitives=closed("perfect_infinitives"),
        like=words("speech", "like"),
        triggers=frozenset(
            ["wie", *single, *several, *split, *data["allegation"].get("hearsay", [])]
            + [verb for kind in ("allegation", "assessment", "speech", "denial") for verb, _ in data[kind]["loose"]]
        ).union(
            closed("negations"),
            words("denial", "insist"),
            words("allegation", "behind_comma"),
            words("assessment", "deeming"),
        ),
    )
