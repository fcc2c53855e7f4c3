using System.Globalization;

namespace Braid.Client.Configuration;

/// <summary>Values as text, as Python writes them and the same in every culture.</summary>
internal static class ValueText
{
    public static string Of(object? value) =>
        value switch
        {
            null => "None",
            bool flag => flag ? "True" : "False",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>What Python would call the value's type; empty for none.</summary>
    public static string TypeOf(object? value) =>
        value switch
        {
            null => "",
            bool => "bool",
            sbyte or byte or short or ushort or int or uint or long or ulong => "int",
            Half or float or double or decimal => "float",
            _ => "str",
        };
}
