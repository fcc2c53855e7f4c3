using System.Globalization;
using Braid.Scoring.Frames;
using Braid.Scoring.Models;
using Braid.Scoring.Python;
using Braid.Scoring.Tensors;
using Braid.Scoring.Workers;

namespace Braid.Scoring.Checks;

/// <summary>Compares what came as <c>instances</c> or <c>inputs</c> with the signature, if there is one.</summary>
internal static class ArrayCheck
{
    /// <exception cref="SchemaMismatch">It does not fit.</exception>
    public static ModelInput Enforce(ConvertedInput input, Schema? schema) =>
        schema is null ? Free(input)
        : schema.IsTensors ? Tensors(input, schema)
        : new FrameInput(ColumnCheck.Enforce(FrameOf(input, schema), schema));

    private static ModelInput Free(ConvertedInput input) =>
        input switch
        {
            OneInput { Value: ConvertedArray one } => new ArrayInput(one.Array),
            NamedInputs named => new ArraysInput(Arrays(named)),
            RowInputs rows => new RecordsInput(rows.Raw),
            _ => throw new ArgumentException("without a signature, everything is an array", nameof(input)),
        };

    private static ModelInput Tensors(ConvertedInput input, Schema schema)
    {
        if (schema.HasNames)
        {
            var named = input as NamedInputs ?? new NamedInputs([]);
            ColumnCheck.RequireNames([.. named.Values.Keys], schema);
            var arrays = Arrays(named);
            var values = new OrderedDictionary<string, TensorValue>();
            foreach (var field in schema.Fields.Cast<TensorField>())
            {
                values[field.Name!] = TensorCheck.Enforce(arrays[field.Name!], field);
            }

            return new ArraysInput(values);
        }

        return input is OneInput { Value: ConvertedArray one }
            ? new ArrayInput(TensorCheck.Enforce(one.Array, (TensorField)schema.Fields[0]))
            : throw new SchemaMismatch(
                "This model contains a tensor-based model signature with no input names, which suggests a numpy array input or a pandas "
                    + "dataframe input with proper column values, but an input of type "
                    + $"<class '{(input is NamedInputs ? "dict" : "list")}'> was found."
            );
    }

    private static OrderedDictionary<string, TensorValue> Arrays(NamedInputs named)
    {
        var arrays = new OrderedDictionary<string, TensorValue>();
        foreach (var (name, value) in named.Values)
        {
            arrays[name] = value is ConvertedArray array
                ? array.Array
                : throw new SchemaMismatch(
                    "This model contains a tensor-based model signature with input names, which suggests a dictionary input mapping input "
                        + $"name to a numpy array, but a dict with value type <class '{PythonText.TypeOf(value.Items)}'> was found."
                );
        }

        return arrays;
    }

    private static Frame FrameOf(ConvertedInput input, Schema schema) =>
        input switch
        {
            OneInput { Value: ConvertedArray one } => OfArray(one.Array),
            OneInput one => Frame.OfItems([one.Value.Items]),
            RowInputs { Rows: [_, ..] } when !schema.HasNames => throw new SchemaMismatch(
                "The rows name their values, but the signature has no names: give lists, or dataframe_records."
            ),
            RowInputs rows => OfRows(rows),
            NamedInputs named when IsOneRow(named, schema) => OfRows(new([named.Values], [])),
            NamedInputs named => OfColumns(named),
            _ => throw new ArgumentException($"no such input: {input}", nameof(input)),
        };

    private static Frame OfArray(TensorValue array)
    {
        var frame = array.Shape.Count switch
        {
            0 => Frame.OfItems([array.Items]),
            1 => Frame.OfItems((PyList)array.Items!),
            2 => Frame.OfLists([.. ((PyList)array.Items!).Cast<PyList>()], names: null),
            _ => throw new SchemaMismatch($"Must pass 2-d input. shape={PythonText.Tuple(array.Shape)}"),
        };
        return frame with
        {
            Columns = [.. frame.Columns.Select(column => column with { DType = ColumnOf(array.DType) })],
        };
    }

    /// <summary>Lists and maps are cells of one row where the signature has such, or where nothing else can be.</summary>
    private static bool IsOneRow(NamedInputs named, Schema schema) =>
        schema.Fields.Any(field => field is ColumnField { Type: ArrayType or ObjectType })
        || named.Values.Values.Any(value => value is ConvertedPlain)
        || named.Values.Values.All(value => value is ConvertedScalar);

    private static Frame OfRows(RowInputs rows)
    {
        var frame = Frame.OfRows([.. rows.Rows.Select(Items)]);
        return frame with { Columns = [.. frame.Columns.Select(column => Typed(column, rows.Rows))] };
    }

    private static PyDict Items(OrderedDictionary<string, Converted> row)
    {
        var items = new PyDict();
        foreach (var (name, value) in row)
        {
            items[name] = value.Items;
        }

        return items;
    }

    /// <summary>A column has the type of its cells, unless some are missing.</summary>
    private static Column Typed(Column column, IReadOnlyList<OrderedDictionary<string, Converted>> rows)
    {
        var cells = rows.Select(row => row.GetValueOrDefault(column.Label)).ToList();
        return cells.TrueForAll(cell => cell is ConvertedScalar)
                ? column with
                {
                    DType = ColumnOf(((ConvertedScalar)cells[0]!).DType),
                }
            : cells.TrueForAll(cell => cell is ConvertedArray) ? column with { DType = Column.Arrays }
            : column;
    }

    private static Frame OfColumns(NamedInputs named)
    {
        var lengths = named
            .Values.Values.OfType<ConvertedArray>()
            .Where(value => value.Array.Shape.Count > 0)
            .Select(value => value.Array.Shape[0])
            .Distinct()
            .ToList();
        var rows = lengths is [var only]
            ? only
            : throw new SchemaMismatch(
                "This model contains a column-based signature, which suggests a DataFrame input. There was an error casting the input "
                    + "data to a DataFrame: All arrays must be of the same length"
            );
        return new([.. named.Values.Select(pair => OfColumn(pair.Key, pair.Value, rows))], rows);
    }

    private static Column OfColumn(string name, Converted value, int rows) =>
        value switch
        {
            ConvertedArray { Array: { Shape: [_], Items: PyList items } array } => new(
                name,
                items,
                ColumnOf(array.DType)
            ),
            ConvertedArray { Array: { Shape: [_, _, ..], Items: PyList items } } => new(
                name,
                items,
                ColumnTypes.Object
            ),
            ConvertedScalar scalar => new(name, Repeated(scalar.Value, rows), ColumnOf(scalar.DType)),
            _ => new(name, Repeated(value.Items, rows)),
        };

    private static PyList Repeated(object? value, int rows) => [.. Enumerable.Repeat(value, rows)];

    private static string? ColumnOf(string? dtype) =>
        dtype == ScalarType.String.DType ? ColumnTypes.Object
        : dtype == ScalarType.Binary.DType ? Column.Bytes
        : dtype;
}
