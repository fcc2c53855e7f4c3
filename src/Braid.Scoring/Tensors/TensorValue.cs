using System.Globalization;
using System.Text.Json;
using Braid.Scoring.Checks;
using Braid.Scoring.Python;

namespace Braid.Scoring.Tensors;

/// <summary>An array: nested lists of one shape, and the type of their items.</summary>
/// <param name="DType">numpy's word for it; null: numpy is to find out.</param>
/// <param name="Items">Lists in lists, or one value.</param>
internal sealed record TensorValue(string? DType, IReadOnlyList<int> Shape, object? Items)
{
    /// <summary>The array of these values, as that type.</summary>
    /// <exception cref="PythonError">Lists of different lengths, or an item cannot become the type.</exception>
    public static TensorValue Of(object? items, string? dtype)
    {
        var shape = ShapeOf(items);
        return new(dtype, shape, dtype is null ? items : Mapped(items, ArrayTypes.CastTo(dtype)));
    }

    /// <summary>One array of several, along a new first dimension.</summary>
    /// <exception cref="PythonError">They have different shapes.</exception>
    public static TensorValue Stacked(IReadOnlyList<TensorValue> parts)
    {
        var items = new PyList(parts.Select(part => part.Items));
        return new(parts.FirstOrDefault()?.DType, ShapeOf(items), items);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteStringValue(DType);
        PythonJsonWriter.Write(json, Items);
        json.WriteEndArray();
    }

    private static object? Mapped(object? items, Func<object?, object?> cast) =>
        items is PyList list ? new PyList(list.Select(item => Mapped(item, cast))) : cast(items);

    private static List<int> ShapeOf(object? items)
    {
        var (shape, isRagged) = Discover(items);
        return isRagged
            ? throw new PythonError(
                "ValueError",
                "setting an array element with a sequence. The requested array has an inhomogeneous shape after "
                    + string.Create(CultureInfo.InvariantCulture, $"{shape.Count} dimensions. ")
                    + $"The detected shape was {PythonText.Tuple(shape)} + inhomogeneous part."
            )
            : shape;
    }

    private static (List<int> Shape, bool IsRagged) Discover(object? items)
    {
        if (items is not PyList list)
        {
            return ([], false);
        }

        if (!list.Exists(item => item is PyList))
        {
            return ([list.Count], false);
        }

        var parts = list.ConvertAll(Discover);
        var common = parts.FirstOrDefault().Shape ?? [];
        foreach (var (shape, _) in parts)
        {
            common = [.. common.Zip(shape).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
        }

        var isRagged = parts.Exists(part => part.IsRagged || part.Shape.Count != common.Count);
        return ([list.Count, .. common], isRagged);
    }
}
