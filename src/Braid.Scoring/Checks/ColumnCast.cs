using Braid.Scoring.Frames;
using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Checks;

/// <summary>
/// Converts the columns of a data frame to the types of the signature, as pandas' <c>astype</c> does: fractions are cut off, texts are
/// read as numbers.
/// </summary>
internal static class ColumnCast
{
    /// <summary>The frame, with those columns converted that the schema knows.</summary>
    /// <exception cref="Refusal">A column cannot be.</exception>
    public static Frame ToSchema(Frame frame, Schema schema)
    {
        var columns = frame.Columns.ToList();
        for (var i = 0; i < columns.Count; i++)
        {
            var field =
                schema.HasNames ? schema.Find(columns[i].Label)
                : schema is { IsTensors: true, Fields.Count: 1 } ? schema.Fields[0]
                : schema.Fields.ElementAtOrDefault(i);
            columns[i] = field switch
            {
                ColumnField column => ToField(columns[i], column),
                TensorField tensor when columns[i].Values is not [PyList, ..] => To(columns[i], tensor.DType),
                _ => columns[i],
            };
        }

        return frame with
        {
            Columns = columns,
        };
    }

    private static Column ToField(Column column, ColumnField field)
    {
        if (field.Type is ScalarType scalar)
        {
            return scalar == ScalarType.String ? column with { DType = ColumnTypes.Object }
                : scalar == ScalarType.Binary ? Mapped(column, Column.Bytes, "<class 'object'>", CellCast.Base64)
                : To(column, scalar.DType);
        }

        try
        {
            return column with
            {
                Values = [.. column.Values.Select(cell => TypeCheck.Enforce(cell, field.Type, field.IsRequired))],
                DType = ColumnTypes.Object,
            };
        }
        catch (SchemaMismatch error)
        {
            throw Refusal.Conversion(column.Label, field.Type.Shown, new("MlflowException", error.Message));
        }
    }

    private static Column To(Column column, string type)
    {
        var isReal =
            type.StartsWith("int", StringComparison.Ordinal) && ColumnTypes.Of(column.Values) == ColumnTypes.Float64;
        if (isReal && column.Values.Any(cell => cell is null || (cell is double number && !double.IsFinite(number))))
        {
            var cause = "Cannot convert non-finite values (NA or inf) to integer";
            throw Refusal.Conversion(column.Label, type, new("IntCastingNaNError", cause));
        }

        return Mapped(column, type, type, ArrayTypes.CastTo(type));
    }

    private static Column Mapped(Column column, string type, string shown, Func<object?, object?> cast)
    {
        try
        {
            return column with { Values = [.. column.Values.Select(cast)], DType = type };
        }
        catch (PythonError error)
        {
            throw Refusal.Conversion(column.Label, shown, error);
        }
    }
}
