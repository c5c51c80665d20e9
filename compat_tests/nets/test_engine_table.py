"""Every file that MATLAB wrote scores the same on both engines as on the reference evaluator."""

from pathlib import Path

import engine_comparison as comparison
import pytest

LIMIT = 2e-5
FILES = [
    "ccn_icub_objects",
    "cscs_lstm",
    "flir_gray",
    "gazescan_149k",
    "gazescan_523k",
    "gazescan_prev",
    "nisitka_segnet",
    "reciclaria",
    "squeezenet_newhacks",
]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "networks.md"


@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "Nine files that MATLAB R2018b to R2024b wrote score as the reference evaluator on "
    "both engines, to 2e-5 of their range; the segmentation network at 96×120",
)
@pytest.mark.parametrize("name", FILES)
def test_both_engines_score_as_the_reference_does(reference, capsys, name):
    rows = comparison.compare(reference("onnx", f"{name}.onnx"))
    with capsys.disabled():
        print(f"\n{comparison.table(rows)}")
    for row in rows:
        assert max(row.differences.values()) <= LIMIT


def test_no_file_is_left_out(reference):
    folder = reference("onnx", "MANIFEST.md").parent
    assert sorted(file.stem for file in folder.glob("*.onnx")) == FILES


def test_the_table_in_the_docs_has_every_file():
    rows = comparison.read_table(DOCS.read_text(encoding="utf-8"))
    assert sorted({file for file, *_ in rows}) == FILES
    assert len(rows) == 2 * len(FILES)
    for _, _, _, *differences in rows:
        assert len(differences) == 2 * len(comparison.BATCHES)
        assert all(float(difference) <= LIMIT for difference in differences)


def test_a_wrong_score_would_be_seen(reference, monkeypatch):
    file = reference("onnx", "gazescan_149k.onnx")
    faithful = comparison.engines

    def off(net, tensors):
        return {
            name: lambda batch, engine=engine: [y * (1 + 1e-4) for y in engine(batch)]
            for name, engine in faithful(net, tensors, ["ONNX Runtime"]).items()
        }

    monkeypatch.setattr(comparison, "engines", off)
    rows = comparison.compare(file)
    assert all(min(row.differences.values()) > LIMIT for row in rows)
