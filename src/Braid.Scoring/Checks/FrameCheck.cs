using Braid.Scoring.Frames;
using Braid.Scoring.Models;
using Braid.Scoring.Python;
using Braid.Scoring.Tensors;
using Braid.Scoring.Workers;

namespace Braid.Scoring.Checks;

/// <summary>Compares a data frame with the signature, if there is one.</summary>
internal static class FrameCheck
{
    /// <exception cref="SchemaMismatch">It does not fit.</exception>
    public static ModelInput Enforce(Frame frame, Schema? schema)
    {
        if (schema is null)
        {
            return new FrameInput(frame);
        }

        return !schema.IsTensors ? new FrameInput(ColumnCheck.Enforce(frame, schema))
            : schema.HasNames ? Named(frame, schema)
            : new ArrayInput(Unnamed(frame, (TensorField)schema.Fields[0]));
    }

    private static ArraysInput Named(Frame frame, Schema schema)
    {
        ColumnCheck.RequireNames([.. frame.Columns.Select(column => column.Name)], schema);
        var arrays = new OrderedDictionary<string, TensorValue>();
        foreach (var field in schema.Fields.Cast<TensorField>())
        {
            arrays[field.Name!] = TensorCheck.OfColumn(field.Name, frame.Find(field.Name!)!, field);
        }

        return new(arrays);
    }

    private static TensorValue Unnamed(Frame frame, TensorField field)
    {
        if (frame.Rows == 0 || frame.Columns.Count == 0)
        {
            throw new SchemaMismatch("Input DataFrame is empty.");
        }

        if (frame.Columns is [var only])
        {
            return TensorCheck.OfColumn(null, only, field);
        }

        if (field.Shape is not [-1, var width] || width != frame.Columns.Count)
        {
            throw new SchemaMismatch(
                "This model contains a model signature with an unnamed input. Since the input data is a pandas DataFrame containing "
                    + "multiple columns, the input shape must be of the structure (-1, number_of_dataframe_columns). Instead, the input "
                    + $"DataFrame passed had {frame.Columns.Count} columns and an input shape of {PythonText.Tuple(field.Shape)} with all "
                    + "values within the DataFrame of scalar type. Please adjust the passed in DataFrame to match the expected structure"
            );
        }

        if (frame.Columns.Any(column => column.DType != field.DType))
        {
            throw new SchemaMismatch($"dtype of input object does not match expected dtype {field.DType}");
        }

        var rows = Enumerable
            .Range(0, frame.Rows)
            .Select(row => new PyList(frame.Columns.Select(column => column.Values[row])));
        return TensorValue.Of(new PyList(rows), field.DType);
    }
}
