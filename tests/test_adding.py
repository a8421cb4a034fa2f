"""What CONTRIBUTING promises about a new field and a new term, done on a copy of the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

_FIELD = """    weather: LText = ltext(N_("Weather that day"), section=Section.WHEN)
    case: RecordId | None = ref("""

_TERM = """
[terms.storm]
label = "Storm damage used as a pretext"
definition = "A term that was added."
"""

_CHECK = """
import json, sys, tempfile
from pathlib import Path
from app import i18n, store, vocabulary, wording
from app.cli.fieldtext import with_settings
from app.records import Incident, derive
from app.records.codec import encode
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase

secret = Passphrase.of("a passphrase that is no secret at all")
with tempfile.TemporaryDirectory() as folder:
    with Vault.create(Path(folder) / "vault", secret, cost=FLOOR) as vault:
        record = with_settings(
            vault,
            Incident(),
            ("title@en=T", "narrative@en=N", "weather@en=hailstones", "security_kind=storm"),
        )
        saved = store.save(vault, record).record
        again = store.get(vault, Incident, saved.id)
        found = [each.id for each in store.search(vault, "hailst")]
        said = {each.label: each.words for each in wording.fields(again, i18n.texts("en"))}

import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
application = QApplication([])
from ui.forms.editor import Surroundings
from ui.forms.form import Form
form = Form(Incident, Surroundings())
form.put(again)
form.unfold()
json.dump(
    {
        "kept": again.weather.text,
        "found": found == [saved.id],
        "said": said.get("Weather that day"),
        "body": "hailstones" in encode(again).body.decode(),
        "form": "weather" in form._names() and form.value() == again,
        "term": vocabulary.label("security_event_kind", "storm"),
        "rows": any(row.key == "storm" for row in derive.terms(again)),
    },
    sys.stdout,
)
"""


@pytest.mark.heavy
def test_a_field_and_a_term_are_one_line_each_and_the_rest_follows(tmp_path: Path) -> None:
    for part in ("app", "crypto", "ui", "resources"):
        shutil.copytree(
            ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "fonts")
        )
    shutil.copytree(ROOT / "resources" / "fonts", tmp_path / "resources" / "fonts")
    incident = tmp_path / "app" / "records" / "incident.py"
    text = incident.read_text("utf-8")
    assert text.count("    case: RecordId | None = ref(") == 1
    incident.write_text(text.replace("    case: RecordId | None = ref(", _FIELD), "utf-8")
    terms = tmp_path / "resources" / "vocab" / "security_event_kind.toml"
    terms.write_text(terms.read_text("utf-8") + _TERM, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _CHECK],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '"kept": "hailstones"' in done.stdout
    assert '"said": "hailstones"' in done.stdout
    assert '"term": "Storm damage used as a pretext"' in done.stdout
    for promise in ("found", "body", "form", "rows"):
        assert f'"{promise}": true' in done.stdout, promise
