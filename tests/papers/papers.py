"""Random papers."""

from hypothesis import strategies as st

from digest.papers.parsing import clean
from digest.papers.record import Paper

IDS = st.one_of(
    st.builds("{:02d}{:02d}.{:05d}".format, st.integers(7, 30), st.integers(1, 12), st.integers(0, 99_999)),
    st.builds("hep-th/{:02d}{:02d}{:03d}".format, st.integers(91, 99), st.integers(1, 12), st.integers(0, 999)),
)
WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(clean).filter(bool)
DAYS = st.dates().map(lambda day: f"{day:%Y-%m-%d}".zfill(10))


def papers() -> st.SearchStrategy[Paper]:
    return st.builds(
        Paper,
        id=IDS,
        title=WORDS,
        authors=st.lists(WORDS, max_size=3).map(tuple),
        published=st.one_of(st.just(""), DAYS),
        categories=st.lists(st.sampled_from(["cs.CL", "q-bio", "math.AG"]), max_size=2).map(tuple),
        doi=st.sampled_from(["", "10.1000/birds", "10.1000/a\"b'c\\d"]),
        version=st.integers(0, 20),
        found=st.one_of(st.just(""), DAYS),
        abstract=st.lists(WORDS, max_size=2).map("\n".join),
    )
