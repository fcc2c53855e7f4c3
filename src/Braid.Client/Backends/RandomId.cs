using System.Security.Cryptography;

namespace Braid.Client.Backends;

/// <summary>IDs of runs that no server names.</summary>
internal static class RandomId
{
    public static string Of(int digits) => RandomNumberGenerator.GetHexString(digits, lowercase: true);
}
