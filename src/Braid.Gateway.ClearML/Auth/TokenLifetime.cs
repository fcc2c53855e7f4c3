using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>How long a token is to hold: <c>expiration_sec</c>, up to a year, usually 30 days.</summary>
internal static class TokenLifetime
{
    private static readonly TimeSpan usual = TimeSpan.FromDays(30);

    /// <summary>What is wrong with the field is kept in <paramref name="fields"/>.</summary>
    public static TimeSpan Read(Fields fields)
    {
        var longest = (long)Authenticator.LongestLifetime.TotalSeconds;
        var seconds = fields.Whole("expiration_sec") ?? (long)usual.TotalSeconds;
        if (seconds >= 1 && seconds <= longest)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        fields.Refuse(Errors.InvalidField("expiration_sec", $"1 to {longest} seconds"));
        return usual;
    }
}
