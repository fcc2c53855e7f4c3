using System.Globalization;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>A version of the protocol, such as 2.23; 2.9 is older than 2.13.</summary>
internal readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The newest version this server speaks; what a request without a version gets.</summary>
    public static ApiVersion Newest { get; } = new(2, 34);

    /// <summary>Reads <c>2.23</c> or <c>23</c> (the path pattern has checked the form); absurdly long numbers count as the largest.</summary>
    public static ApiVersion Parse(string text)
    {
        var dot = text.IndexOf('.');
        return dot < 0 ? new(Number(text), 0) : new(Number(text[..dot]), Number(text[(dot + 1)..]));
    }

    public int CompareTo(ApiVersion other) =>
        Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public override string ToString() => $"{Major}.{Minor}";

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
