using System.Globalization;
using Braid.Scoring.Checks;
using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Frames;

/// <summary>Reads a data frame from CSV: the first line names the columns, the signature tells their types.</summary>
internal static class CsvReader
{
    /// <summary>What stands for nothing, as pandas has it.</summary>
    private static readonly HashSet<string> missing =
    [
        "",
        "#N/A",
        "#N/A N/A",
        "#NA",
        "-1.#IND",
        "-1.#QNAN",
        "-NaN",
        "-nan",
        "1.#IND",
        "1.#QNAN",
        "<NA>",
        "N/A",
        "NA",
        "NULL",
        "NaN",
        "n/a",
        "nan",
        "null",
    ];

    /// <param name="schema">Null: types are found out from the fields.</param>
    /// <exception cref="Refusal">It is no CSV, or does not fit.</exception>
    public static Frame Read(string text, Schema? schema)
    {
        try
        {
            return schema is { IsTensors: true }
                ? throw new FormatException("TensorSpec only supports numpy types, use numpy_types() instead")
                : Columns(CsvText.Rows(text), schema);
        }
        catch (Exception error) when (error is FormatException or PythonError)
        {
            throw Refusal.BadRequest(
                "Failed to parse input as a Pandas DataFrame. Ensure that the input is a valid CSV-formatted Pandas DataFrame "
                    + $"produced using the `pandas.DataFrame.to_csv()` method. Error: '{error.Message}'"
            );
        }
    }

    private static Frame Columns(List<string[]> rows, Schema? schema)
    {
        if (rows is not [var names, .. var lines])
        {
            throw new FormatException("No columns to parse from file");
        }

        if (lines.FindIndex(line => line.Length > names.Length) is >= 0 and var wrong)
        {
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Error tokenizing data. C error: Expected {names.Length} fields in line {wrong + 2}, saw {lines[wrong].Length}"
                )
            );
        }

        if (names.Where((name, at) => TypeOf(schema, name, at) == ScalarType.DateTime).Any())
        {
            throw new FormatException(
                $"the dtype {ScalarType.DateTime.DType} is not supported for parsing, pass this column using parse_dates instead"
            );
        }

        var columns = names.Select(
            (name, at) =>
            {
                var fields = lines.ConvertAll(line => line.ElementAtOrDefault(at) ?? "");
                return TypeOf(schema, name, at) is { } type
                    ? new Column(
                        name,
                        Typed(fields, type, at),
                        type == ScalarType.String ? ColumnTypes.Object : type.ColumnType
                    )
                    : new Column(name, Guessed(fields));
            }
        );
        return new([.. columns], lines.Count);
    }

    private static ScalarType? TypeOf(Schema? schema, string name, int at)
    {
        var field = schema is { HasNames: false } ? schema.Fields.ElementAtOrDefault(at) : schema?.Find(name);
        return (field as ColumnField)?.Type as ScalarType;
    }

    private static PyList Typed(List<string> fields, ScalarType type, int at)
    {
        if (type == ScalarType.Long || type == ScalarType.Integer)
        {
            return Integers(fields, type, at);
        }

        Func<string, object?> cast =
            type == ScalarType.Double ? field => CellCast.Double(field)
            : type == ScalarType.Float ? field => CellCast.Single(field)
            : type == ScalarType.Boolean ? field => Truth(field, at)
            : field => field;
        return
        [
            .. fields.Select(field => missing.Contains(field) && type != ScalarType.Boolean ? double.NaN : cast(field)),
        ];
    }

    private static PyList Integers(List<string> fields, ScalarType type, int at)
    {
        if (fields.Exists(missing.Contains))
        {
            throw new FormatException(Text($"Integer column has NA values in column {at}"));
        }

        if (Guessed(fields) is [double, ..])
        {
            throw new FormatException(
                Text($"cannot safely convert passed user dtype of {type.DType} for float64 dtyped data in column {at}")
            );
        }

        return [.. fields.Select(ArrayTypes.CastTo(type.DType))];
    }

    private static bool Truth(string field, int at) =>
        field switch
        {
            "True" or "TRUE" or "true" => true,
            "False" or "FALSE" or "false" => false,
            _ when missing.Contains(field) => throw new FormatException(
                Text($"Bool column has NA values in column {at}")
            ),
            _ => throw new FormatException(
                Text($"cannot safely convert passed user dtype of bool for object dtyped data in column {at}")
            ),
        };

    /// <summary>Integers, else floats, else truths, else texts.</summary>
    private static PyList Guessed(List<string> fields)
    {
        var present = fields.FindAll(field => !missing.Contains(field));
        Func<string, object?> cast = present.TrueForAll(field => IsInteger(field))
            ? present.Count == fields.Count
                ? field => long.Parse(field, CultureInfo.InvariantCulture)
                : field => CellCast.Double(field)
            : present.TrueForAll(IsDouble)
                ? field => CellCast.Double(field)
                : present.TrueForAll(field => field is "True" or "TRUE" or "true" or "False" or "FALSE" or "false")
                    ? field => field[0] is 'T' or 't'
                    : field => field;
        return [.. fields.Select(field => missing.Contains(field) ? double.NaN : cast(field))];
    }

    private static bool IsInteger(string field) =>
        long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsDouble(string field)
    {
        try
        {
            _ = CellCast.Double(field);
            return true;
        }
        catch (PythonError)
        {
            return false;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
