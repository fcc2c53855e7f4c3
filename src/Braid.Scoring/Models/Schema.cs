using Braid.Scoring.Python;

namespace Braid.Scoring.Models;

/// <summary>One input of a model.</summary>
/// <param name="Name">Null when the signature gives no names.</param>
internal abstract record InputField(string? Name, bool IsRequired)
{
    public abstract string Shown { get; }

    protected string Prefix => Name is null ? "" : $"{PythonText.Repr(Name)}: ";
}

/// <summary>A column of a data frame.</summary>
internal sealed record ColumnField(string? Name, FieldType Type, bool IsRequired) : InputField(Name, IsRequired)
{
    public override string Shown => $"{Prefix}{Type.Shown} ({(IsRequired ? "required" : "optional")})";
}

/// <summary>An array.</summary>
/// <param name="DType">numpy's word for the type of its items.</param>
/// <param name="Shape">-1 stands for any length.</param>
internal sealed record TensorField(string? Name, string DType, IReadOnlyList<int> Shape)
    : InputField(Name, IsRequired: true)
{
    public override string Shown => $"{Prefix}Tensor('{DType}', {PythonText.Tuple(Shape)})";
}

/// <summary>What a model takes: columns or arrays, never both.</summary>
internal sealed class Schema(IReadOnlyList<InputField> fields)
{
    public IReadOnlyList<InputField> Fields => fields;

    public bool IsTensors => fields is [TensorField, ..];

    public bool HasNames => fields is [{ Name: not null }, ..];

    public string Shown => $"[{string.Join(", ", fields.Select(each => each.Shown))}]";

    /// <summary>Null when it has no names, or none such.</summary>
    public InputField? Find(string name) => HasNames ? fields.FirstOrDefault(field => field.Name == name) : null;
}

/// <summary>One parameter of a model's predictions.</summary>
/// <param name="Default">Checked when the model was made.</param>
/// <param name="Shape">Null for a single value; <c>[-1]</c> for a list.</param>
internal sealed record ParameterField(string Name, FieldType Type, object? Default, IReadOnlyList<int>? Shape)
{
    public string Shown
    {
        get
        {
            var shape = Shape is null ? "" : $" (shape: {PythonText.Tuple(Shape)})";
            return $"{PythonText.Repr(Name)}: {Type.Shown} (default: {PythonText.Str(Default)}){shape}";
        }
    }
}
