namespace Braid.Scoring.Models;

/// <summary>The type of a column, of a parameter, or of what is in one.</summary>
internal abstract record FieldType
{
    /// <summary>As MLflow shows it in a schema: <c>long</c>, <c>Array(double)</c>.</summary>
    public abstract string Shown { get; }

    /// <summary>As MLflow writes it into other sentences: <c>DataType.long</c>, <c>Array(double)</c>.</summary>
    public virtual string Spoken => Shown;

    /// <summary>Its word in a signature: <c>long</c>, <c>array</c>.</summary>
    public abstract string Word { get; }
}

/// <summary>A type without parts.</summary>
/// <param name="Word">MLflow's word for it.</param>
/// <param name="DType">numpy's word for an array of it.</param>
internal sealed record ScalarType(string Word, string DType) : FieldType
{
    public static readonly ScalarType Boolean = new("boolean", "bool");
    public static readonly ScalarType Integer = new("integer", "int32");
    public static readonly ScalarType Long = new("long", "int64");
    public static readonly ScalarType Float = new("float", "float32");
    public static readonly ScalarType Double = new("double", "float64");
    public static readonly ScalarType String = new("string", "<U0");
    public static readonly ScalarType Binary = new("binary", "|S0");
    public static readonly ScalarType DateTime = new("datetime", "datetime64[ns]");

    public static IReadOnlyList<ScalarType> All { get; } =
    [Boolean, Integer, Long, Float, Double, String, Binary, DateTime];

    public override string Shown => Word;

    public override string Spoken => $"DataType.{Word}";

    public override string Word { get; } = Word;

    /// <summary>pandas' type of a column of it.</summary>
    public string ColumnType => this == String || this == Binary ? "object" : DType;
}

/// <summary>A list of items of one type.</summary>
internal sealed record ArrayType(FieldType Items) : FieldType
{
    public override string Shown => $"Array({Items.Shown})";

    public override string Word => "array";
}

/// <summary>A map with known names.</summary>
/// <param name="Properties">Sorted by name.</param>
internal sealed record ObjectType(IReadOnlyList<Property> Properties) : FieldType
{
    public override string Shown => $"{{{string.Join(", ", Properties.Select(property => property.Shown))}}}";

    public override string Word => "object";
}

/// <summary>A map from any text to values of one type.</summary>
internal sealed record MapType(FieldType Values) : FieldType
{
    public override string Shown => $"Map(str -> {Values.Spoken})";

    public override string Word => "map";
}

/// <summary>Anything.</summary>
internal sealed record AnyType : FieldType
{
    public override string Shown => "Any";

    public override string Word => "any";
}

/// <summary>One name of an object.</summary>
internal sealed record Property(string Name, FieldType Type, bool IsRequired)
{
    public string Shown => $"{Name}: {Type.Shown} ({(IsRequired ? "required" : "optional")})";
}
