using Braid.Scoring.Python;

namespace Braid.Scoring.Checks;

/// <summary>numpy's types of arrays: how a value becomes an item of one.</summary>
internal static class ArrayTypes
{
    /// <summary>What it does not know stays as it is, and is converted by numpy itself.</summary>
    public static Func<object?, object?> CastTo(string type) =>
        type switch
        {
            "float64" => value => CellCast.Double(value),
            "float32" or "float16" => value => CellCast.Single(value),
            "int64" => value => CellCast.Integer(value, 64),
            "int32" => value => CellCast.Integer(value, 32),
            "int16" => value => CellCast.Integer(value, 16),
            "int8" => value => CellCast.Integer(value, 8),
            "uint64" => value => CellCast.Integer(value, 64, isSigned: false),
            "uint32" => value => CellCast.Integer(value, 32, isSigned: false),
            "uint16" => value => CellCast.Integer(value, 16, isSigned: false),
            "uint8" => value => CellCast.Integer(value, 8, isSigned: false),
            "bool" => value => CellCast.Boolean(value),
            "<U0" or "str" => PythonText.Str,
            "|S0" => CellCast.Bytes,
            _ => value => value,
        };
}
