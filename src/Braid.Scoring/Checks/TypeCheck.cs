using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Checks;

/// <summary>Compares values with types, strictly: what would change a value is refused, not done.</summary>
internal static class TypeCheck
{
    /// <summary>The value as that type.</summary>
    /// <exception cref="SchemaMismatch">It is not of the type.</exception>
    public static object? Enforce(object? value, FieldType type, bool isRequired) =>
        type switch
        {
            ScalarType scalar => EnforceScalar(value, scalar, isRequired),
            ArrayType array => EnforceArray(value, array, isRequired),
            ObjectType map => EnforceObject(value, map, isRequired),
            MapType map => EnforceMap(value, map, isRequired),
            _ => value,
        };

    /// <summary>A column of a frame, or a list, whose items become the type.</summary>
    /// <param name="name">For the message.</param>
    /// <param name="dtype">The column's type.</param>
    /// <inheritdoc cref="Enforce"/>
    public static PyList EnforceSeries(string name, PyList values, string dtype, ScalarType type)
    {
        if (
            dtype == type.DType
            || dtype == type.ColumnType
            || (dtype == ColumnTypes.Object && (type == ScalarType.Boolean || type == ScalarType.DateTime))
        )
        {
            return values;
        }

        var isDouble = type == ScalarType.Double || type == ScalarType.Float;
        if (dtype == ColumnTypes.Object && type == ScalarType.Double)
        {
            return EnforceNumbers(name, values, type);
        }

        if (dtype == ColumnTypes.Int64 && isDouble && values.TrueForAll(value => value is 0L or 1L))
        {
            return [.. values.Select(value => (object?)CellCast.Double(value))];
        }

        throw new SchemaMismatch(
            $"Incompatible input types for column {name}. "
                + $"Can not safely convert {dtype} to {type.DType}.{Hint(values, dtype, type)}"
        );
    }

    /// <summary>Texts that are numbers are taken, whatever else is in the column.</summary>
    private static PyList EnforceNumbers(string name, PyList values, ScalarType type)
    {
        try
        {
            return [.. values.Select(value => (object?)CellCast.Double(value))];
        }
        catch (PythonError)
        {
            throw new SchemaMismatch($"Failed to convert column {name} from type object to {type.Spoken}.");
        }
    }

    private static string Hint(PyList values, string dtype, ScalarType type) =>
        dtype == ColumnTypes.Float64
        && (type == ScalarType.Integer || type == ScalarType.Long)
        && values.Exists(IsMissing)
        && values.TrueForAll(value => IsMissing(value) || (value is double number && Math.Truncate(number) == number))
            ? " Hint: the type mismatch is likely caused by missing values. Integer columns in python can not represent missing "
                + "values and are therefore encoded as floats. The best way to avoid this problem is to infer the model schema "
                + "based on a realistic data sample (training dataset) that includes missing values. Alternatively, you can declare "
                + "integer columns as doubles (float64) whenever these columns may have missing values. See `Handling Integers With "
                + "Missing Values <https://www.mlflow.org/docs/latest/models.html#handling-integers-with-missing-values>`_ for more "
                + "details."
            : "";

    private static bool IsMissing(object? value) => value is null or double.NaN;

    private static object? EnforceScalar(object? value, ScalarType type, bool isRequired)
    {
        if (!isRequired && IsMissing(value))
        {
            return null;
        }

        if (value is null or PyList or PyDict)
        {
            throw new SchemaMismatch($"Expected data to be scalar, got {PythonText.TypeOf(value)}");
        }

        try
        {
            return EnforceSeries("", [value], ColumnTypes.Of([value]), type)[0];
        }
        catch (SchemaMismatch)
        {
            throw new SchemaMismatch(
                $"Failed to enforce schema of data `{PythonText.Str(value)}` with dtype `{type.Word}`"
            );
        }
    }

    private static object? EnforceArray(object? value, ArrayType type, bool isRequired)
    {
        if ((!isRequired || type.Items is AnyType) && value is null or PyList { Count: 0 })
        {
            return value;
        }

        if (value is not PyList list)
        {
            throw new SchemaMismatch($"Expected data to be list or numpy array, got {PythonText.TypeOf(value)}");
        }

        return type.Items is ScalarType scalar
            ? list.Count == 0
                ? list
                : EnforceSeries("", Numbers(list), ColumnTypes.Of(list), scalar)
            : new PyList(list.Select(item => Enforce(item, type.Items, isRequired)));
    }

    /// <summary>A missing number among numbers is not a number.</summary>
    private static PyList Numbers(PyList list) =>
        ColumnTypes.Of(list) == ColumnTypes.Float64 ? [.. list.Select(item => (object?)CellCast.Double(item))] : list;

    private static object? EnforceObject(object? value, ObjectType type, bool isRequired)
    {
        if (!isRequired && value is null or PyDict { Count: 0 })
        {
            return value;
        }

        if (value is not PyDict map)
        {
            throw new SchemaMismatch(
                $"Failed to enforce schema of '{PythonText.Str(value)}' with type '{type.Shown}'. "
                    + $"Expected data to be dictionary, got {PythonText.TypeOf(value)}"
            );
        }

        var missing = type.Properties.Where(property => property.IsRequired && !map.ContainsKey(property.Name));
        Demand(missing.Select(property => property.Name), "Missing required properties: ");
        var unknown = map.Keys.Where(name => type.Properties.All(property => property.Name != name));
        Demand(unknown, "Invalid properties not defined in the schema found: ");
        var checkedMap = new PyDict();
        foreach (var (name, item) in map)
        {
            checkedMap[name] = EnforceProperty(item, type.Properties.First(property => property.Name == name));
        }

        return checkedMap;
    }

    /// <summary>There should be none.</summary>
    private static void Demand(IEnumerable<string> names, string message)
    {
        var shown = string.Join(", ", names.Select(PythonText.Repr));
        if (shown.Length > 0)
        {
            throw new SchemaMismatch($"{message}{{{shown}}}");
        }
    }

    private static object? EnforceProperty(object? value, Property property)
    {
        try
        {
            return Enforce(value, property.Type, property.IsRequired);
        }
        catch (SchemaMismatch)
        {
            throw new SchemaMismatch(
                $"Failed to enforce schema for key `{property.Name}`. "
                    + $"Expected type {property.Type.Word}, received type {PythonText.TypeOf(value)}"
            );
        }
    }

    private static object? EnforceMap(object? value, MapType type, bool isRequired)
    {
        if ((!isRequired || type.Values is AnyType) && value is null or PyDict { Count: 0 })
        {
            return value;
        }

        if (value is not PyDict map)
        {
            throw new SchemaMismatch($"Expected data to be a dict, got {PythonText.TypeOf(value)}");
        }

        var checkedMap = new PyDict();
        foreach (var (name, item) in map)
        {
            checkedMap[name] = Enforce(item, type.Values, isRequired);
        }

        return checkedMap;
    }
}
