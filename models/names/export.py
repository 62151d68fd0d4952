"""Turn a trained name model into 8-bit ONNX: in come word pieces, out go labels and the encoder's output.

Weights are kept in 7 of 8 bits: with all 8, processors without VNNI add up with saturation
and read otherwise than those with it. The last layer stays in 32 bits.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from train import LABELS, NameModel


class Exported(torch.nn.Module):
    """Takes one sequence; every piece counts, so there is no mask."""

    def __init__(self, model: NameModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, pieces: torch.Tensor, shapes: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return scores and the encoder's output."""
        return self.model(pieces, shapes, torch.ones_like(pieces))


def main() -> None:
    """Export, fuse, quantise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--trained", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    model = NameModel(options.encoder)
    model.load_state_dict(torch.load(options.trained / "model.pt"))
    model.eval()
    whole = options.trained / "whole.onnx"
    example = torch.tensor([[101, 2003, 2054, 102]]), torch.tensor([[0, 1, 0, 0]])
    torch.onnx.export(
        Exported(model), example, str(whole), dynamo=False, opset_version=17,
        input_names=["pieces", "shapes"], output_names=["labels", "hidden"],
        dynamic_axes={n: {0: "batch", 1: "length"} for n in ("pieces", "shapes", "labels", "hidden")},
    )  # fmt: skip
    fused = optimizer.optimize_model(str(whole), "bert", num_heads=12, hidden_size=384, opt_level=0)
    print(fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(whole))
    options.out.mkdir(parents=True, exist_ok=True)
    small = options.out / "model.onnx"
    quantize_dynamic(
        whole, small, weight_type=QuantType.QInt8, reduce_range=True,
        op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
        nodes_to_exclude=[n.name for n in fused.model.graph.node if "head" in n.name],
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    (options.out / "labels.json").write_text(json.dumps(LABELS) + "\n", encoding="utf-8")
    vocabulary = json.loads(Path(options.encoder, "tokenizer.json").read_text(encoding="utf-8"))
    pieces = sorted(vocabulary["model"]["vocab"], key=vocabulary["model"]["vocab"].get)
    (options.out / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    print(small.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
