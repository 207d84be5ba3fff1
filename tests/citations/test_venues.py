"""What the addresses and the DOIs of publications tell. The pairs are in `tests/cases/citations-addresses.md`."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.citations.dois import read_doi
from digest.citations.proceedings import PMLR_CONFERENCES, PMLR_VOLUMES
from digest.citations.venues import read_address

CASES = Path(__file__).parent.parent / "cases" / "citations-addresses.md"


def read_rows() -> list[tuple[str, ...]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[1:]]


ROWS = read_rows()
ADDRESSES = [row[0] for row in ROWS]


@pytest.mark.parametrize(("address", "kind", "container", "published", "doi", "pdf"), ROWS, ids=ADDRESSES)
def test_an_address_tells_what_its_form_makes_certain(
    address: str, kind: str, container: str, published: str, doi: str, pdf: str
) -> None:
    told = read_address(address)
    if kind == "none":
        assert told is None
        return
    assert told is not None
    assert (told.type, told.container, told.published, told.doi, told.pdf) == (kind, container, published, doi, pdf)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_usual_form_of_an_address_tells_the_same(address: str) -> None:
    told = read_address(address)
    if told:
        again = read_address(told.link)
        assert again is not None
        assert again.link == told.link
        assert (again.type, again.container, again.published) == (told.type, told.container, told.published)


def test_proceedings_have_their_series_and_volume() -> None:
    known, unknown = (read_address(f"https://proceedings.mlr.press/{path}.html") for path in ("v202/a23a", "v999/a31a"))
    assert known is not None
    assert unknown is not None
    assert (known.series, known.volume) == ("Proceedings of Machine Learning Research", "202")
    assert (unknown.series, unknown.volume) == ("", "999")
    tacl = read_address("https://aclanthology.org/2023.tacl-1.5/")
    assert tacl is not None
    assert tacl.volume == "11"


def test_no_volume_belongs_to_two_conferences() -> None:
    assert len(PMLR_CONFERENCES) == sum(map(len, PMLR_VOLUMES.values()))


@given(
    st.text(max_size=60),
    st.sampled_from(["", "https://doi.org/10.1000/", "https://arxiv.org/abs/", "https://aclanthology.org/"]),
)
def test_no_address_is_an_error(text: str, start: str) -> None:
    read_address(start + text)
    read_doi("10." + text)
