using Braid.Scoring.Checks;
using Braid.Scoring.Models;
using Braid.Scoring.Python;

namespace Braid.Scoring.Tensors;

/// <summary>A value of <c>instances</c> or <c>inputs</c>, as what its field makes of it.</summary>
internal abstract record Converted
{
    /// <summary>The value itself.</summary>
    public abstract object? Items { get; }

    /// <param name="field">Null: an array of whatever it is.</param>
    /// <exception cref="Refusal">It cannot become what the field says.</exception>
    public static Converted Of(object? value, InputField? field)
    {
        try
        {
            return field switch
            {
                null => new ConvertedArray(TensorValue.Of(value, null)),
                TensorField tensor => new ConvertedArray(TensorValue.Of(value, tensor.DType)),
                ColumnField { Type: ScalarType type } => OfScalars(value, type),
                ColumnField { Type: ArrayType type } => TypeCheck.Enforce(value, type, field.IsRequired) is PyList list
                    ? new ConvertedArray(TensorValue.Of(list, null) with { DType = (type.Items as ScalarType)?.DType })
                    : new ConvertedPlain(null),
                ColumnField column => new ConvertedPlain(TypeCheck.Enforce(value, column.Type, field.IsRequired)),
                _ => new ConvertedPlain(value),
            };
        }
        catch (Exception error) when (error is PythonError or SchemaMismatch)
        {
            throw Refusal.Invalid(error.Message);
        }
    }

    private static Converted OfScalars(object? value, ScalarType type) =>
        value is PyList
            ? new ConvertedArray(TensorValue.Of(value, type.DType))
            : new ConvertedScalar(ArrayTypes.CastTo(type.DType)(value), type.DType);
}

/// <summary>An array.</summary>
internal sealed record ConvertedArray(TensorValue Array) : Converted
{
    public override object? Items => Array.Items;
}

/// <summary>One value of a type of numpy's.</summary>
internal sealed record ConvertedScalar(object? Value, string DType) : Converted
{
    public override object? Items => Value;
}

/// <summary>What stays as it came: maps, and what has no type.</summary>
internal sealed record ConvertedPlain(object? Value) : Converted
{
    public override object? Items => Value;
}
