using System.Globalization;
using System.Numerics;
using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Checks;

/// <summary>Compares the parameters of a request with those of the model.</summary>
internal static class ParameterCheck
{
    /// <summary>What the model is given: those that it knows, and the defaults of those that are not given.</summary>
    /// <param name="fields">Null: the model takes none, and what is given is left out.</param>
    /// <exception cref="SchemaMismatch">One is not of its type.</exception>
    public static PyDict? Enforce(object? given, IReadOnlyList<ParameterField>? fields)
    {
        if (fields is null)
        {
            return given is null ? null : [];
        }

        if (given is not (null or PyDict))
        {
            throw new SchemaMismatch($"Parameters must be a dictionary. Got type '{PythonText.TypeOf(given)}'.");
        }

        var parameters = new PyDict();
        var wrong = new List<string>();
        foreach (var (name, value) in given as PyDict ?? [])
        {
            if (fields.FirstOrDefault(field => field.Name == name) is { } field)
            {
                Add(parameters, field, value, wrong);
            }
        }

        foreach (var field in fields.Where(field => !parameters.ContainsKey(field.Name)))
        {
            parameters[field.Name] = field.Default;
        }

        return wrong.Count == 0
            ? parameters
            : throw new SchemaMismatch($"Invalid parameters found: {{{string.Join(", ", wrong)}}}");
    }

    private static void Add(PyDict parameters, ParameterField field, object? value, List<string> wrong)
    {
        try
        {
            parameters[field.Name] = Checked(field, value);
        }
        catch (SchemaMismatch error)
        {
            parameters[field.Name] = null;
            wrong.Add($"({PythonText.Repr(field.Name)}, {PythonText.Repr(error.Message)})");
        }
    }

    private static object? Checked(ParameterField field, object? value)
    {
        if (field.Shape is not null && value is not PyList)
        {
            throw new SchemaMismatch(
                $"Value must be a 1D array with shape (-1,) for param {field.Shown}, received {PythonText.TypeOf(value)} with ndim 0"
            );
        }

        try
        {
            return field.Shape is null ? One(field.Type, value)
                : value is PyList list ? new PyList(list.Select(item => One(field.Type, item)))
                : value;
        }
        catch (SchemaMismatch error)
        {
            throw new SchemaMismatch($"Failed to validate type and shape for {field.Shown}, error: {error.Message}");
        }
    }

    private static object? One(FieldType type, object? value)
    {
        if (type is not ScalarType scalar)
        {
            _ = TypeCheck.Enforce(value, type, isRequired: true);
            return value;
        }

        if (value is null)
        {
            return null;
        }

        if (scalar == ScalarType.DateTime)
        {
            return Time(value);
        }

        if (value is PyList or PyDict)
        {
            throw new SchemaMismatch($"Value must be a scalar for type `{type.Spoken}`, got `{PythonText.Str(value)}`");
        }

        return Same(scalar, value)
            ?? throw new SchemaMismatch(
                $"Can not safely convert `<class '{PythonText.TypeOf(value)}'>` to `{type.Spoken}` for value `{PythonText.Str(value)}`"
            );
    }

    /// <summary>Null when it is of another type.</summary>
    private static object? Same(ScalarType type, object value) =>
        value switch
        {
            bool when type == ScalarType.Boolean => value,
            string when type == ScalarType.String => value,
            long or BigInteger when type == ScalarType.Integer || type == ScalarType.Long => value,
            long or BigInteger or double when type == ScalarType.Double || type == ScalarType.Float => CellCast.Double(
                value
            ),
            _ => null,
        };

    private static string Time(object value) =>
        value is string text
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
            ? text
            : throw new SchemaMismatch(
                $"Failed to convert value `{PythonText.Str(value)}` from type `<class '{PythonText.TypeOf(value)}'>` to `DataType.datetime`"
            );
}
