"""Where options, environment variables and folders come from: what the user named counts, and mistakes name their place."""

import datetime as dt
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.new_command import split_command
from digest.notes.spoken_dates import read_spoken_date

from .project import DAY, read_tree, run, write_project
from .terminal import run_in_pipes

UNTAGGED = "2024-03-20\n태그가 없는 글\n본문입니다.\n"


def canonical(site: Path) -> str:
    """Return the address that the home page of a site gives itself."""
    found = re.search('<link rel="canonical" href="(.*?)">', (site / "index.html").read_text("utf-8"))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "arguments", [("-C", "{}", "check"), ("check", "-C", "{}"), ("-C", "elsewhere", "check", "-C", "{}")]
)
def test_the_project_is_named_before_or_after_the_command(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write_project(tmp_path, {"project/notes/2024-03-20.txt": UNTAGGED, "elsewhere/notes/.keep": ""})
    done = run_in_pipes(tmp_path, *(argument.format("project") for argument in arguments))
    assert (done.returncode, done.stdout.startswith("notes/2024-03-20.txt:3:1: warning[missing-tags]")) == (0, True)


@pytest.mark.parametrize("arguments", [("tags", "list", "-q"), ("-q", "tags", "list"), ("tags", "-q", "list")])
def test_shared_options_stand_anywhere_around_the_commands_of_a_command(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    write_project(
        tmp_path, {"project/digest.yaml": "", "project/notes/2024-03-19.txt": DAY, "project/notes/2024/.keep": ""}
    )
    done = run_in_pipes(tmp_path / "project/notes/2024", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 llm\n", "")


@pytest.mark.parametrize("settings", ["digest.yaml", "digest.yml"])
def test_the_project_is_found_from_a_folder_below_it(tmp_path: Path, settings: str) -> None:
    write_project(tmp_path, {settings: "titel: 기록\n", "notes/2024/03/.keep": ""})
    done = run_in_pipes(tmp_path / "notes/2024/03", "check")
    assert done.returncode == 2
    assert done.stdout.startswith(f"{settings}:1:1: error[config]" if settings == "digest.yaml" else settings)
    assert done.stderr == f"project: {tmp_path}\n"


def test_a_folder_with_settings_or_notes_is_the_project_itself(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {
            "digest.yaml": "",
            "notes/2024-03-19.txt": DAY,
            "a/notes/2024-03-20.txt": UNTAGGED,
            "b/digest.yaml": "notes: .\n",
        },
    )
    assert "missing-tags" in run_in_pipes(tmp_path / "a", "check").stdout
    assert "project:" not in run_in_pipes(tmp_path / "b", "check").stderr
    assert run_in_pipes(tmp_path, "check").stderr == (
        "a build would write digest.lock, which remembers the site's addresses\n0 errors, 0 warnings\n"
    )


def test_the_search_for_a_project_ends_at_a_repository_and_at_the_home_folder(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {
            "digest.yaml": "",
            "notes/2024-03-19.txt": DAY,
            "code/.git/HEAD": "",
            "code/src/.keep": "",
            "home/a/.keep": "",
        },
    )
    for folder, env in (("code/src", {}), ("home/a", {"HOME": str(tmp_path / "home")})):
        done = run_in_pipes(tmp_path / folder, "check", env=env)
        assert (done.returncode, done.stderr) == (
            2,
            f"digest: there is no folder `notes` in {tmp_path / folder}; run `digest init` to create a project\n",
        )


def test_a_named_project_is_taken_as_it_is(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "", "notes/2024-03-19.txt": DAY, "below/.keep": ""})
    done = run_in_pipes(tmp_path, "-C", "below", "check")
    assert (done.returncode, "there is no folder `notes`" in done.stderr) == (2, True)


def test_settings_under_another_name_are_an_error_that_says_so(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yml": "title: 기록\n", "notes/2024-03-19.txt": DAY})
    alone = run(tmp_path, "build")
    assert alone.exit_code == 2
    assert alone.stdout.startswith(
        "digest.yml: error[config] digest does not read it\n  hint: settings belong into `digest.yaml`"
    )
    write_project(tmp_path, {"digest.yaml": "title: 기록\n"})
    assert run(tmp_path, "build").stdout.startswith("digest.yml: error[config] the settings are in `digest.yaml`")
    assert not (tmp_path / "site").exists()


def test_an_option_counts_before_the_environment_and_that_before_the_settings(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "base_url: https://settings.example/\n"})
    named = {"DIGEST_BASE_URL": "https://environment.example", "DIGEST_OUTPUT": "public"}
    for arguments, env, folder, address in (
        ((), {}, "site", "https://settings.example/"),
        ((), named, "public", "https://environment.example/"),
        (("--base-url", "https://option.example", "--output", "out"), named, "out", "https://option.example/"),
    ):
        assert run(tmp_path, "build", *arguments, env=env).exit_code == 0
        assert canonical(tmp_path / folder) == address


@pytest.mark.parametrize(
    ("env", "command", "message"),
    [
        ({"DIGEST_WORKERS": "many"}, "build", "Invalid value for DIGEST_WORKERS: 'many' is not a valid integer range."),
        (
            {"DIGEST_COLOR": "red"},
            "build",
            "Invalid value for DIGEST_COLOR: 'red' is not one of 'auto', 'always', 'never'.",
        ),
        ({"DIGEST_STRICT": "maybe"}, "check", "Invalid value for DIGEST_STRICT: 'maybe' is not a valid boolean."),
        ({"DIGEST_PORT": "0"}, "serve", "Invalid value for DIGEST_PORT: 0 is not in the range 1<=x<=65535."),
        ({"DIGEST_BASE_URL": "notes"}, "build", "digest: DIGEST_BASE_URL: `notes/` is not the address of a site"),
        ({"DIGEST_BASE_URL": "notes"}, "serve", "digest: DIGEST_BASE_URL: `notes/` is not the address of a site"),
        ({"DIGEST_OUTPUT": "notes"}, "build", "digest: DIGEST_OUTPUT: the output folder `notes` holds"),
        ({"DIGEST_OUTPUT": ".."}, "build", "digest: DIGEST_OUTPUT: `..` holds the project"),
        ({"DIGEST_CONFIG": "none.yaml"}, "build", "digest: there is no file none.yaml in "),
        ({"DIGEST_START_METHOD": "theads"}, "build", "digest: DIGEST_START_METHOD is `theads`"),
    ],
)
def test_a_wrong_value_in_the_environment_names_its_variable(
    tmp_path: Path, env: Mapping[str, str], command: str, message: str
) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    result = run(tmp_path, command, env=env)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_wrong_value_of_an_option_names_the_option(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    assert (
        "Invalid value for '--workers': 0 is not in the range x>=1." in run(tmp_path, "build", "--workers", "0").stderr
    )
    refused = run(tmp_path, "build", "--output", "notes", env={"DIGEST_OUTPUT": "public"})
    assert refused.stderr.startswith("digest: --output: the output folder `notes` holds or is held by `notes`")


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    empty = dict.fromkeys(("DIGEST_BASE_URL", "DIGEST_OUTPUT", "DIGEST_WORKERS", "DIGEST_COLOR", "DIGEST_STRICT"), "")
    assert run(tmp_path, "build", env=empty).exit_code == 0
    assert (tmp_path / "site/index.html").is_file()


def test_variables_can_hold_flags(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": UNTAGGED})
    assert run(tmp_path, "check", env={"DIGEST_STRICT": "1"}).exit_code == 1
    assert run(tmp_path, "check", env={"DIGEST_STRICT": "false"}).exit_code == 0


def test_the_site_is_written_anywhere_on_the_machine(tmp_path: Path) -> None:
    write_project(tmp_path, {"project/notes/2024-03-19.txt": DAY})
    project, out = tmp_path / "project", tmp_path / "www/html"
    assert run(project, "build", "--output", str(out)).exit_code == 0
    assert run(project, "build").exit_code == 0
    built, usual = read_tree(out), read_tree(project / "site")
    assert built == usual
    write_project(project, {"notes/2024-03-19.txt": DAY.replace("Grok-1", "Grok-2")})
    assert run(project, "build", "--output", "../www/html").exit_code == 0
    assert "Grok-2" in (out / "2024/03/19/index.html").read_text("utf-8")
    assert "nothing to write" in run(project, "build", "--output", str(out)).stderr


def test_a_folder_outside_is_seen_from_where_the_user_stands(tmp_path: Path) -> None:
    write_project(tmp_path, {"project/digest.yaml": "", "project/notes/2024-03-19.txt": DAY})
    assert run_in_pipes(tmp_path / "project/notes", "build", "--output", "../../out").returncode == 0
    assert (tmp_path / "out/index.html").is_file()
    assert run_in_pipes(tmp_path / "project/notes", "build", "--output", "../public").returncode == 0
    assert (tmp_path / "project/public/index.html").is_file()


def test_the_files_of_others_are_safe_in_a_folder_outside_too(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"project/notes/2024-03-19.txt": DAY, "www/index.html": "mine", "www/other.txt": "mine too"}
    )
    before = read_tree(tmp_path / "www")
    result = run(tmp_path / "project", "build", "--output", str(tmp_path / "www"))
    assert result.exit_code == 1
    assert f"{tmp_path}/www/index.html: error[output] the site needs this place" in result.stdout
    assert read_tree(tmp_path / "www") == before


@pytest.mark.skipif(os.name == "nt", reason="links need permission there")
def test_a_link_to_a_folder_outside_is_not_written_through(tmp_path: Path) -> None:
    write_project(tmp_path, {"project/notes/2024-03-19.txt": DAY, "www/.keep": ""})
    for link in (tmp_path / "project/site", tmp_path / "link"):
        link.symlink_to(tmp_path / "www")
        result = run(tmp_path / "project", "build", "--output", str(link))
        assert result.exit_code == 1
        assert "a build writes a folder here, but a link is in its place" in result.stdout
    assert [path.name for path in (tmp_path / "www").iterdir()] == [".keep"]


def test_only_the_user_of_the_command_line_can_name_a_folder_outside(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": f"output: {tmp_path}/www\n"})
    assert "leads out of the project" in run(tmp_path, "build").stdout


def test_a_site_that_was_built_among_the_notes_is_no_note(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "notes: .\n", "2024-03-19.txt": DAY})
    assert run(tmp_path, "build", "--output", "public/site").exit_code == 0
    assert any(path.suffix == ".md" for path in (tmp_path / "public/site").rglob("*"))
    assert run(tmp_path, "build").stderr.startswith("1 entry, ")


SECOND = {
    "notes/2024-03-19.txt": DAY,
    "digest.yaml": "title: 기록\nbase_url: https://ko.example/\n",
    "digest.en.yaml": "title: Records\nlanguage: en\nbase_url: https://en.example/\n",
}


def test_a_second_site_from_the_same_notes_has_files_of_its_own(tmp_path: Path) -> None:
    write_project(tmp_path, SECOND)
    assert run(tmp_path, "build").exit_code == 0
    first = read_tree(tmp_path)
    assert run(tmp_path, "--config", "digest.en.yaml", "build").exit_code == 0
    both = read_tree(tmp_path)
    assert {name: both[name] for name in first} == first
    assert {name.partition("/")[0] for name in both.keys() - first.keys()} == {"site-en", "digest.en.lock", ".digest"}
    assert canonical(tmp_path / "site-en") == "https://en.example/"
    for arguments in ((), ("--config", "digest.en.yaml")):  # neither build undoes the work of the other
        assert "nothing to write" in run(tmp_path, "build", *arguments, "--frozen").stderr


def test_the_addresses_of_two_sites_are_remembered_apart(tmp_path: Path) -> None:
    write_project(tmp_path, SECOND)
    for arguments in ((), ("--config", "digest.en.yaml")):
        run(tmp_path, "build", *arguments)
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY.replace("\nGrok-1\n", "\nGrok-1 공개\n")})
    run(tmp_path, "build")
    refused = run(tmp_path, "build", "--config", "digest.en.yaml", "--frozen")
    assert refused.exit_code == 1
    assert refused.stdout.startswith("digest.en.lock: error[lock-differs] ")
    assert run(tmp_path, "check", "--config", "digest.en.yaml").stderr.startswith(
        "a build would change digest.en.lock: "
    )


def test_problems_name_the_settings_of_their_site(tmp_path: Path) -> None:
    write_project(tmp_path, {**SECOND, "digest.en.yaml": "titel: Records\ntags:\n  vision: {label: Vision}\n"})
    assert run(tmp_path, "check", "--config", "digest.en.yaml").stdout.startswith("digest.en.yaml:1:1: error[config] ")
    write_project(tmp_path, {"digest.en.yaml": "title: Records\ntags:\n  vision: {label: Vision}\n"})
    assert run(tmp_path, "check", "--config", "digest.en.yaml").stdout.startswith(
        "digest.en.yaml:3:3: notice[unused-setting] no entry has the tag `vision`"
    )
    merged = run(tmp_path, "tags", "merge", "llm", "--into", "language-model", "--config", "digest.en.yaml")
    assert merged.stderr == "digest.en.yaml makes `llm` an alias of `language-model`\n"
    assert "llm" in (tmp_path / "digest.en.yaml").read_text("utf-8")
    assert "llm" not in (tmp_path / "digest.yaml").read_text("utf-8")


@pytest.mark.parametrize("output", ["site", "site/en"])
def test_a_second_site_cannot_replace_the_first(tmp_path: Path, output: str) -> None:
    write_project(tmp_path, {**SECOND, "digest.en.yaml": f"output: {output}\n"})
    result = run(tmp_path, "build", "--config", "digest.en.yaml")
    assert result.exit_code == 2
    assert result.stdout == (
        f"digest.en.yaml: error[config] the output folder `{output}` is that of the project's first site\n"
        "  hint: name another folder, such as `site-en`\n"
    )


@pytest.mark.parametrize("name", ["papers.yaml", "notes/2024-03-19.txt", "digest.yml"])
def test_a_file_that_is_something_else_has_no_settings(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {**SECOND, name: ""})
    refused = run(tmp_path, "build", "--config", name)
    assert (refused.exit_code, refused.stderr.startswith(f"digest: {name} cannot have the settings of a site")) == (
        2,
        True,
    )


def test_other_settings_are_found_from_a_folder_below_the_project(tmp_path: Path) -> None:
    write_project(tmp_path, SECOND)
    assert run_in_pipes(tmp_path / "notes", "build", "--config", "digest.en.yaml").returncode == 0
    assert (tmp_path / "site-en").is_dir()
    assert run_in_pipes(tmp_path / "notes", "build", "-q", "--config", "../digest.en.yaml").returncode == 0


@pytest.mark.parametrize(
    ("note", "problems"),
    [
        (DAY, []),
        (UNTAGGED, ["<stdin>:3:1: warning[missing-tags]"]),
        ("2024-02-30\n제목\n본문.\n#a\n", ["<stdin>:1:1: error[impossible-date]"]),
        ("2024년 3월 19일 (월)\n제목\n본문.\n#a\n", ["<stdin>:1:1: warning[wrong-weekday]"]),
        (b"2024-03-19\n\xb1\xdb\n#a\n", ["<stdin>:2:1: error[undecodable]"]),
        ("", []),
    ],
)
def test_a_note_from_standard_input_is_checked_with_the_places_in_it(
    tmp_path: Path, note: str | bytes, problems: list[str]
) -> None:
    given = note.encode() if isinstance(note, str) else note
    done = run_in_pipes(tmp_path, "check", "-", given=given)
    found = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.partition("]")[0] + "]" for line in found] == problems
    assert done.returncode == any("error" in line for line in problems)


def test_the_settings_of_the_project_count_for_a_note_from_standard_input(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "title: [", "notes/.keep": ""})
    done = run_in_pipes(tmp_path, "check", "-", "--format", "json", given=UNTAGGED.encode())
    assert (done.returncode, json.loads(done.stdout)[0]["path"]) == (2, "digest.yaml")


def test_one_note_cannot_be_checked_for_the_links_of_a_site(tmp_path: Path) -> None:
    done = run_in_pipes(tmp_path, "check", "-", "--links", given=DAY.encode())
    assert (done.returncode, done.stderr.startswith("digest: `-` reads one note")) == (2, True)


TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("written", "today", "day"),
    [
        ("today", TODAY, TODAY),
        ("Today", TODAY, TODAY),
        ("오늘", TODAY, TODAY),
        ("yesterday", dt.date(2026, 1, 1), dt.date(2025, 12, 31)),
        ("어제", dt.date(2024, 3, 1), dt.date(2024, 2, 29)),
        ("그제", TODAY, dt.date(2026, 11, 24)),
        ("그저께", TODAY, dt.date(2026, 11, 24)),
        ("11월 26일", TODAY, TODAY),
        ("11월26일", TODAY, TODAY),
        ("11월 27일", TODAY, dt.date(2026, 11, 27)),
        ("12월 30일", dt.date(2027, 1, 2), dt.date(2026, 12, 30)),
        ("1월 2일", dt.date(2026, 12, 30), dt.date(2027, 1, 2)),
        ("3월 1일", TODAY, dt.date(2026, 3, 1)),
        ("12월 27일", TODAY, dt.date(2026, 12, 27)),
        ("12월 28일", TODAY, dt.date(2025, 12, 28)),
        ("11/20", TODAY, dt.date(2026, 11, 20)),
        ("11-20", TODAY, dt.date(2026, 11, 20)),
        ("11.20.", TODAY, dt.date(2026, 11, 20)),
        ("nov 20", TODAY, dt.date(2026, 11, 20)),
        ("November 20th", TODAY, dt.date(2026, 11, 20)),
        ("20 Nov", TODAY, dt.date(2026, 11, 20)),
        ("13/20", TODAY, None),
        ("20일", TODAY, dt.date(2026, 11, 20)),
        ("20", TODAY, dt.date(2026, 11, 20)),
        ("20th", TODAY, dt.date(2026, 11, 20)),
        ("28일", TODAY, dt.date(2026, 11, 28)),
        ("10일", TODAY, dt.date(2026, 11, 10)),
        ("31일", TODAY, dt.date(2026, 10, 31)),
        ("30", dt.date(2027, 1, 3), dt.date(2026, 12, 30)),
        ("30", dt.date(2026, 3, 1), dt.date(2026, 1, 30)),
        ("32", TODAY, None),
        ("0일", TODAY, None),
        ("금요일", TODAY, dt.date(2026, 11, 20)),
        ("목요일", TODAY, TODAY),
        ("지난 목요일", TODAY, dt.date(2026, 11, 19)),
        ("friday", TODAY, dt.date(2026, 11, 20)),
        ("last Thursday", TODAY, dt.date(2026, 11, 19)),
        ("내일", TODAY, dt.date(2026, 11, 27)),
        ("tomorrow", dt.date(2026, 12, 31), dt.date(2027, 1, 1)),
        ("모레", TODAY, dt.date(2026, 11, 28)),
        ("그끄저께", TODAY, dt.date(2026, 11, 23)),
        ("글피", TODAY, dt.date(2026, 11, 29)),
        ("엊그제", TODAY, dt.date(2026, 11, 24)),
        ("the day before yesterday", TODAY, dt.date(2026, 11, 24)),
        ("day after tomorrow", TODAY, dt.date(2026, 11, 28)),
        ("3일 전", TODAY, dt.date(2026, 11, 23)),
        ("3 days ago", TODAY, dt.date(2026, 11, 23)),
        ("1 day ago", TODAY, dt.date(2026, 11, 25)),
        ("열흘 전", TODAY, None),
        ("이틀 뒤", TODAY, None),
        ("2일 뒤", TODAY, dt.date(2026, 11, 28)),
        ("지난주 금요일", TODAY, dt.date(2026, 11, 20)),
        ("지난 주 월요일", TODAY, dt.date(2026, 11, 16)),
        ("지난주 금요일", dt.date(2026, 11, 28), dt.date(2026, 11, 20)),
        ("이번 주 화요일", TODAY, dt.date(2026, 11, 24)),
        ("다음 주 월요일", TODAY, dt.date(2026, 11, 30)),
        ("지지난주 목요일", TODAY, dt.date(2026, 11, 12)),
        ("언젠가", TODAY, None),
        ("2월 29일", TODAY, dt.date(2024, 2, 29)),
        ("2월 30일", TODAY, None),
        ("2026-11-26", TODAY, TODAY),
        ("2026년 11월 26일", TODAY, TODAY),
        ("2026.11.26.", TODAY, TODAY),
        ("2026-02-29", TODAY, None),
        ("2026", TODAY, None),
        ("2026-11-26 어제", TODAY, None),
    ],
)
def test_a_date_is_read_as_people_say_it(written: str, today: dt.date, day: dt.date | None) -> None:
    found = read_spoken_date(written, today)
    assert (found.date if found else None) == day


@pytest.mark.parametrize(
    ("command", "system", "words"),
    [
        ("code --wait", "posix", ["code", "--wait"]),
        ("'/opt/my editor/edit' -n", "posix", ["/opt/my editor/edit", "-n"]),
        ("code --wait", "nt", ["code", "--wait"]),
        (r'"C:\Program Files\Code\code.exe" --wait', "nt", [r"C:\Program Files\Code\code.exe", "--wait"]),
        (r"C:\vim\vim.exe", "nt", [r"C:\vim\vim.exe"]),
        ("", "posix", []),
        ("'open", "posix", []),
    ],
)
def test_the_command_of_an_editor_is_split_as_its_system_writes_paths(
    command: str, system: str, words: list[str]
) -> None:
    assert split_command(command, system) == words


def test_a_korean_date_needs_no_quotes_in_the_shell(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/.keep": ""})
    assert run(tmp_path, "new", "2024년", "3월", "19일").stdout == "notes/2024-03-19.txt\n"
    assert run(tmp_path, "new", "오늘").stdout == f"notes/{dt.date.today().isoformat()}.txt\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_completion(tmp_path: Path, shell: str) -> None:
    done = run_in_pipes(
        tmp_path, before="import sys; sys.argv[0] = 'digest'", env={"_DIGEST_COMPLETE": f"{shell}_source"}
    )
    assert done.returncode == 0
    assert "_DIGEST_COMPLETE" in done.stdout


def test_completion_offers_commands_options_and_their_values(tmp_path: Path) -> None:
    for words, wanted in (
        ("digest ", "serve"),
        ("digest build --b", "--base-url"),
        ("digest check --color ", "always"),
        ("digest theme own/", "own/footer.html"),
        ("digest theme footer", "partials/footer.html"),
    ):
        env = {
            "_DIGEST_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        done = run_in_pipes(tmp_path, before="import sys; sys.argv[0] = 'digest'", env=env)
        assert f"plain,{wanted}\n" in done.stdout
