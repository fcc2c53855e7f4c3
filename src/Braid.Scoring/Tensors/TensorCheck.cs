using Braid.Scoring.Checks;
using Braid.Scoring.Frames;
using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Tensors;

/// <summary>Compares arrays with the shapes of the signature, and makes arrays of a frame's columns.</summary>
internal static class TensorCheck
{
    /// <exception cref="SchemaMismatch">It has another shape.</exception>
    public static TensorValue Enforce(TensorValue value, TensorField field)
    {
        var takesAnything = field is { DType: "object", Shape: [-1] };
        var fits =
            takesAnything
            || (
                field.Shape.Count == value.Shape.Count
                && field.Shape.Zip(value.Shape).All(pair => pair.First == -1 || pair.First == pair.Second)
            );
        return fits
            ? value
            : throw new SchemaMismatch(
                $"Shape of input {PythonText.Tuple(value.Shape)} does not match expected shape {PythonText.Tuple(field.Shape)}."
            );
    }

    /// <summary>A column's cells, each a value or a flat list, as one array.</summary>
    /// <param name="name">For the message; null: the only column of a frame for a signature without names.</param>
    /// <exception cref="SchemaMismatch">They do not have the shape.</exception>
    public static TensorValue OfColumn(string? name, Column column, TensorField field)
    {
        var shown = name ?? "None";
        int[] rest = [.. field.Shape.Skip(1)];
        if (field.Shape.FirstOrDefault() != -1 || rest.Contains(-1))
        {
            throw new SchemaMismatch(
                "For pandas dataframe input, the first dimension of shape must be a variable dimension and other dimensions must be "
                    + $"fixed, but in model signature the shape of {(name is null ? "the unnamed input" : $"input {name}")} is {PythonText.Tuple(field.Shape)}."
            );
        }

        return column.Values switch
        {
            [PyList { Count: > 0 } first, ..] when first[0] is not (PyList or PyDict) => OfLists(
                shown,
                column,
                field,
                rest
            ),
            [PyList or PyDict, ..] => throw new SchemaMismatch(
                "Because the model signature requires tensor spec input, the input pandas dataframe values should be either scalar "
                    + "value, python list containing scalar values or numpy array containing scalar values, other types are not "
                    + "supported."
            ),
            _ when rest is [] or [1] => OfValues(column, field, rest),
            _ => throw new SchemaMismatch(
                $"The input pandas dataframe column '{shown}' contains scalar values, which requires the shape to be (-1,) or (-1, 1), "
                    + $"but got tensor spec shape of {PythonText.Tuple(field.Shape)}."
            ),
        };
    }

    private static TensorValue OfValues(Column column, TensorField field, int[] rest) =>
        TensorValue.Of(
            rest is [] ? column.Values : new PyList(column.Values.Select(value => new PyList { value })),
            field.DType
        );

    private static TensorValue OfLists(string name, Column column, TensorField field, int[] rest)
    {
        var length = rest.Aggregate(1, (product, each) => product * each);
        try
        {
            return column.Values.TrueForAll(cell => cell is PyList list && list.Count == length)
                ? TensorValue.Of(new PyList(column.Values.Select(cell => Folded((PyList)cell!, rest))), field.DType)
                : throw new PythonError("ValueError", "another length");
        }
        catch (PythonError)
        {
            throw new SchemaMismatch(
                $"The value in the Input DataFrame column '{name}' could not be converted to the expected shape of: "
                    + $"'{PythonText.Tuple(field.Shape)}'. Ensure that each of the input list elements are of uniform length and that "
                    + $"the data can be coerced to the tensor type '{field.DType}'"
            );
        }
    }

    /// <summary>A flat list as lists in lists, the last dimension first to vary.</summary>
    private static object? Folded(PyList flat, int[] shape)
    {
        if (shape is [])
        {
            return flat[0];
        }

        var part = flat.Count / Math.Max(shape[0], 1);
        int[] rest = shape[1..];
        return new PyList(Enumerable.Range(0, shape[0]).Select(at => Folded(flat.GetRange(at * part, part), rest)));
    }
}
