using Braid.Gateway.MLflow.Wire;

namespace Braid.Gateway.MLflow.Imports;

/// <summary>Reads times of another server.</summary>
internal static class ImportTimes
{
    private const long latest = 253_402_300_799_999;

    /// <summary>Milliseconds since 1970; null when there is none.</summary>
    public static DateTimeOffset? Read(Fields fields, string name)
    {
        if (fields.Integer(name) is not { } ms)
        {
            return null;
        }

        if (ms is < 0 or > latest && fields.Raw(name) is { } raw)
        {
            fields.Refuse(Errors.InvalidValue(fields.PathOf(name), raw, "it is no time in milliseconds since 1970."));
            return null;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(ms);
    }

    /// <summary>The same, of a time that every server has.</summary>
    public static DateTimeOffset Required(Fields fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.Refuse(Errors.Missing(fields.PathOf(name)));
        }

        return Read(fields, name) ?? DateTimeOffset.UnixEpoch;
    }
}
