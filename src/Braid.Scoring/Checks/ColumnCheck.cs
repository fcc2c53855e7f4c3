using Braid.Scoring.Frames;
using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Checks;

/// <summary>Compares a data frame with a signature of columns.</summary>
internal static class ColumnCheck
{
    /// <summary>The columns of the signature, in its order; others are left out.</summary>
    /// <exception cref="SchemaMismatch">One is missing, or is not of its type.</exception>
    public static Frame Enforce(Frame frame, Schema schema)
    {
        var columns = schema.HasNames ? Named(frame, schema) : Counted(frame, schema);
        return frame with { Columns = [.. columns] };
    }

    /// <summary>All that are required are there.</summary>
    /// <exception cref="SchemaMismatch">Some are not.</exception>
    public static void RequireNames(IReadOnlyList<object> actual, Schema schema)
    {
        var names = actual.OfType<string>().ToHashSet(StringComparer.Ordinal);
        var missing = schema.Fields.Where(field => field.IsRequired && !names.Contains(field.Name!)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var extra = actual.Where(name => name is not string text || schema.Find(text) is null).ToList();
        var note = extra.Count > 0 ? $" Note that there were extra inputs: {PythonText.Repr(new PyList(extra))}." : "";
        var shown = PythonText.Repr(new PyList(missing.Select(field => field.Name)));
        throw new SchemaMismatch($"Model is missing inputs {shown}.{note}");
    }

    private static IEnumerable<Column> Named(Frame frame, Schema schema)
    {
        RequireNames([.. frame.Columns.Select(column => column.Name)], schema);
        foreach (var field in schema.Fields.Cast<ColumnField>())
        {
            var columns = frame.Columns.Where(column => column.Name is string name && name == field.Name).ToList();
            if (columns.Count > 1)
            {
                throw new SchemaMismatch($"The input column '{field.Name}' is given {columns.Count} times.");
            }

            if (columns is [var column])
            {
                yield return Checked(column, field);
            }
        }
    }

    private static IEnumerable<Column> Counted(Frame frame, Schema schema) =>
        frame.Columns.Count >= schema.Fields.Count
            ? schema.Fields.Cast<ColumnField>().Zip(frame.Columns, (field, column) => Checked(column, field))
            : throw new SchemaMismatch(
                $"Model inference is missing inputs. The model signature declares {schema.Fields.Count} inputs  but the provided value "
                    + $"only has {frame.Columns.Count} inputs. Note: the inputs were not named in the signature so we can only verify "
                    + "their count."
            );

    private static Column Checked(Column column, ColumnField field)
    {
        if (field.Type is not ScalarType type)
        {
            return column with
            {
                Values = [.. column.Values.Select(cell => TypeCheck.Enforce(cell, field.Type, field.IsRequired))],
                DType = column.DType ?? ColumnTypes.Object,
            };
        }

        if (column.DType == Column.Bytes && type == ScalarType.Binary)
        {
            return column;
        }

        var dtype = column.DType == Column.Arrays ? ColumnTypes.Object : column.DType ?? ColumnTypes.Of(column.Values);
        var isKept = dtype == ColumnTypes.Object && type != ScalarType.DateTime && type != ScalarType.Double;
        return column with
        {
            Values = TypeCheck.EnforceSeries(column.Label, column.Values, dtype, type),
            DType = isKept ? ColumnTypes.Object : type.ColumnType,
        };
    }
}
