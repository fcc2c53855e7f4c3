namespace Braid.Scoring.Tensors;

/// <summary>All of <c>instances</c> or <c>inputs</c>: one value, values with names, or rows of such.</summary>
internal abstract record ConvertedInput;

internal sealed record OneInput(Converted Value) : ConvertedInput;

internal sealed record NamedInputs(OrderedDictionary<string, Converted> Values) : ConvertedInput;

internal sealed record RowInputs(IReadOnlyList<OrderedDictionary<string, Converted>> Rows, PyList Raw) : ConvertedInput;
