"""Turn the trained encoder into 8-bit ONNX: in comes one window of word pieces, out come scores.

Weights are kept in 7 of 8 bits: with all 8, processors without VNNI add up with saturation
and read otherwise than those with it. The heads stay in 32 bits.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from network import DEPS, LABEL, NAME_LABELS, TAGS, Encoder
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer

INPUTS = ("pieces", "shapes", "first", "last")
OUTPUTS = ("words", "starts", "arcs", "labels_below", "labels_above", "tags", "names")


class Exported(torch.nn.Module):
    """Takes one window; every piece counts, so there is no mask."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, pieces: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """Return the outputs, in their order, without the dimension of the batch."""
        batch = {"pieces": pieces, "shapes": shapes, "first": first, "last": last}
        words = self.model.words(batch | {"mask": torch.ones_like(pieces)})
        s = self.model.heads(words)
        found = (words, s.starts, s.arcs, s.dependents, s.heads, s.tags, s.names)
        return tuple(output[0] for output in found)


class Labels(torch.nn.Module):
    """Takes both ends of each arc, gives the scores of its labels."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.pair = model.label_pair

    def forward(
        self, below: torch.Tensor, above: torch.Tensor, heads: torch.Tensor
    ) -> torch.Tensor:
        """Return W x labels; ``above`` has the root first."""
        up = above[heads]
        return self.pair(torch.cat([below * up, below, up], -1))


def export_labels(model: Encoder, path: Path) -> None:
    """Write the head on labels, which asks for the tree: a graph of its own."""
    example = torch.zeros(2, LABEL), torch.zeros(3, LABEL), torch.tensor([0, 1])
    names = ["below", "above", "heads"]
    torch.onnx.export(
        Labels(model), example, str(path), dynamo=False, opset_version=17,
        input_names=names, output_names=["labels"],
        dynamic_axes={n: {0: "words"} for n in ("below", "heads", "labels")} | {"above": {0: "heads"}},
    )  # fmt: skip


def main() -> None:
    """Export, fuse, quantise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--trained", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    model = Encoder(options.encoder)
    model.load_state_dict(torch.load(options.trained / "model.pt"))
    model.eval()
    whole = options.trained / "whole.onnx"
    example = (
        torch.tensor([[101, 2003, 2054, 102]]), torch.tensor([[0, 1, 0, 0]]),
        torch.tensor([[1, 2]]), torch.tensor([[1, 2]]),
    )  # fmt: skip
    axes = {n: {1: "pieces"} for n in INPUTS[:2]} | {n: {1: "words"} for n in INPUTS[2:]}
    axes |= {n: {0: "words"} for n in OUTPUTS} | {"labels_above": {0: "heads"}}
    axes["arcs"] = {0: "words", 1: "heads"}
    torch.onnx.export(
        Exported(model), example, str(whole), dynamo=False, opset_version=17,
        input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes,
    )  # fmt: skip
    fused = optimizer.optimize_model(str(whole), "bert", num_heads=12, hidden_size=384, opt_level=0)
    print(fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(whole))
    options.out.mkdir(parents=True, exist_ok=True)
    small = options.out / "model.onnx"
    heads = [
        n.name
        for n in fused.model.graph.node
        if n.op_type in {"MatMul", "Gather"} and "/encoder/" not in n.name
    ]
    quantize_dynamic(
        whole, small, weight_type=QuantType.QInt8, reduce_range=True, per_channel=True,
        op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
        nodes_to_exclude=heads, extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    export_labels(model, options.out / "labels.onnx")
    labels = {"names": NAME_LABELS, "labels": DEPS, "tags": TAGS}
    (options.out / "labels.json").write_text(json.dumps(labels) + "\n", encoding="utf-8")
    vocabulary = json.loads(Path(options.encoder, "tokenizer.json").read_text(encoding="utf-8"))
    pieces = sorted(vocabulary["model"]["vocab"], key=vocabulary["model"]["vocab"].get)
    (options.out / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    print(heads, small.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
