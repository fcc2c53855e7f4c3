using System.Globalization;
using Braid.Scoring.Python;

namespace Braid.Scoring.Models;

/// <summary>Reads the parts of a signature, each a JSON text in the MLmodel file.</summary>
internal static class SignatureReader
{
    /// <exception cref="BadModelException">It is no schema.</exception>
    public static Schema Schema(string json) => new([.. Items(json).Select(Input)]);

    /// <inheritdoc cref="Schema"/>
    public static IReadOnlyList<ParameterField> Parameters(string json) => [.. Items(json).Select(Parameter)];

    private static IEnumerable<PyDict> Items(string json)
    {
        try
        {
            return PythonJson.Parse(json) is PyList list
                ? [.. list.Select(item => item as PyDict ?? throw new BadModelException($"no field: {item}"))]
                : throw new BadModelException($"no list of fields: {json}");
        }
        catch (PythonError error)
        {
            throw new BadModelException($"no JSON: {error.Message}");
        }
    }

    private static InputField Input(PyDict field)
    {
        var name = field.GetValueOrDefault("name") as string;
        return field.GetValueOrDefault("tensor-spec") is PyDict tensor
            ? new TensorField(name, Text(tensor, "dtype"), Shape(tensor) ?? [])
            : new ColumnField(name, Type(field), IsRequired(field));
    }

    private static ParameterField Parameter(PyDict field)
    {
        var type = field.GetValueOrDefault("type") is null ? Scalar(Text(field, "dtype")) : Type(field);
        var shape = Shape(field);
        return new(Text(field, "name"), type, DefaultOf(field.GetValueOrDefault("default"), type), shape);
    }

    /// <summary>A default that JSON wrote as an integer is a float where the type says so.</summary>
    private static object? DefaultOf(object? value, FieldType type) =>
        value is long number && (type == ScalarType.Double || type == ScalarType.Float) ? (double)number : value;

    private static FieldType Type(PyDict field) =>
        Text(field, "type") switch
        {
            "array" => new ArrayType(Type(Map(field, "items"))),
            "object" => new ObjectType([
                .. Map(field, "properties")
                    .Select(pair => Property(pair.Key, pair.Value))
                    .OrderBy(property => property.Name, StringComparer.Ordinal),
            ]),
            "map" => new MapType(Type(Map(field, "values"))),
            "any" => new AnyType(),
            var word => Scalar(word),
        };

    private static Property Property(string name, object? definition) =>
        definition is PyDict field
            ? new(name, Type(field), IsRequired(field))
            : throw new BadModelException($"the property {name} has no type");

    private static ScalarType Scalar(string word) =>
        ScalarType.All.FirstOrDefault(type => type.Word == word)
        ?? throw new BadModelException($"inputs of type {word} are not taken");

    private static bool IsRequired(PyDict field) => field.GetValueOrDefault("required") is not false;

    private static IReadOnlyList<int>? Shape(PyDict field) =>
        field.GetValueOrDefault("shape") is PyList shape
            ? [.. shape.Select(length => Convert.ToInt32(length, CultureInfo.InvariantCulture))]
            : null;

    private static PyDict Map(PyDict field, string name) =>
        field.GetValueOrDefault(name) as PyDict ?? throw new BadModelException($"a field lacks \"{name}\"");

    private static string Text(PyDict field, string name) =>
        field.GetValueOrDefault(name) as string ?? throw new BadModelException($"a field lacks \"{name}\"");
}
