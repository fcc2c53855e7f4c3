using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Tensors;

/// <summary>Reads the two forms of arrays in JSON, with the types that the signature gives them.</summary>
internal static class ArrayReader
{
    /// <summary><c>inputs</c>: columns, or one array, or rows.</summary>
    /// <exception cref="Refusal">It cannot become what the signature says.</exception>
    public static ConvertedInput Inputs(object? value, Schema? schema)
    {
        if (schema is { HasNames: true, Fields: [var only] } && value is PyList list && !list.Exists(IsMap))
        {
            return Named(new PyDict { [only.Name!] = list }, schema);
        }

        if (schema is { HasNames: false } && value is PyDict or null)
        {
            throw Refusal.Invalid(
                "Failed to parse input data. This model contains an un-named  model signature which expects a single n-dimensional array "
                    + $"or a single value as input, however, an input of type <class '{PythonText.TypeOf(value)}'> was found."
            );
        }

        return value switch
        {
            PyDict map => Named(map, schema),
            PyList rows when rows.TrueForAll(IsMap) => Rows(rows, schema),
            PyList items => new OneInput(Converted.Of(items, schema?.Fields[0])),
            _ => One(value, schema?.Fields[0]),
        };
    }

    /// <summary><c>instances</c>: rows that become columns, else what <see cref="Inputs"/> takes; columns are of one length.</summary>
    /// <inheritdoc cref="Inputs"/>
    public static ConvertedInput Instances(object? value, Schema? schema)
    {
        var input =
            value is PyList { Count: > 0 } rows && IsMap(rows[0]) ? Columns(rows, schema) : Inputs(value, schema);
        if (input is NamedInputs named)
        {
            RequireOneLength(named, schema);
        }

        return input;
    }

    private static NamedInputs Named(PyDict map, Schema? schema)
    {
        var values = new OrderedDictionary<string, Converted>();
        foreach (var (name, value) in map)
        {
            values[name] = Converted.Of(value, schema?.Find(name));
        }

        return new(values);
    }

    private static RowInputs Rows(PyList rows, Schema? schema) =>
        new([.. rows.Select(row => Named((PyDict)row!, schema).Values)], rows);

    private static OneInput One(object? value, InputField? field)
    {
        try
        {
            return new(Converted.Of(value, field));
        }
        catch (Refusal)
        {
            throw Refusal.Invalid(
                $"Failed to convert data `{PythonText.Str(value)}` to type `{field?.Shown}` defined in the model signature."
            );
        }
    }

    private static NamedInputs Columns(PyList rows, Schema? schema)
    {
        var columns = new OrderedDictionary<string, List<Converted>>();
        foreach (var row in rows)
        {
            if (row is not PyDict map)
            {
                throw Refusal.Invalid(
                    "Ensure that the input is a valid JSON-formatted string.\n"
                        + $"Error: AttributeError(\"'{PythonText.TypeOf(row)}' object has no attribute 'items'\")"
                );
            }

            foreach (var (name, value) in Named(map, schema).Values)
            {
                if (!columns.TryGetValue(name, out var column))
                {
                    columns[name] = column = [];
                }

                column.Add(value);
            }
        }

        var values = new OrderedDictionary<string, Converted>();
        foreach (var (name, column) in columns)
        {
            values[name] = Stacked(column);
        }

        return new(values);
    }

    private static ConvertedArray Stacked(List<Converted> column)
    {
        var dtype = column[0] switch
        {
            ConvertedArray first => first.Array.DType,
            ConvertedScalar first => first.DType,
            _ => null,
        };
        try
        {
            var items = new PyList(column.Select(item => item.Items));
            return new(TensorValue.Of(items, null) with { DType = dtype });
        }
        catch (PythonError error)
        {
            throw Refusal.Invalid($"Ensure that the input is a valid JSON-formatted string.\nError: {error.Repr}");
        }
    }

    private static void RequireOneLength(NamedInputs named, Schema? schema)
    {
        var counted = named
            .Values.Where(pair => pair.Value is ConvertedArray)
            .Where(pair =>
                schema is not { HasNames: true }
                || schema.Find(pair.Key) is { IsRequired: true } and not ColumnField { Type: ArrayType }
            )
            .Select(pair => ((ConvertedArray)pair.Value).Array.Shape)
            .ToList();
        if (counted.Exists(shape => shape is []))
        {
            throw Refusal.Invalid(
                "Ensure that the input is a valid JSON-formatted string.\nError: TypeError('len() of unsized object')"
            );
        }

        if (counted.Select(shape => shape[0]).Distinct().Skip(1).Any())
        {
            throw Refusal.Invalid("The length of values for each input/column name are not the same");
        }
    }

    private static bool IsMap(object? value) => value is PyDict;
}
