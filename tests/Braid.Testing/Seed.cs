using System.Globalization;
using System.Security.Cryptography;

namespace Braid.Testing;

/// <summary>
/// The seed of a random test: a new one each time, or the one in BRAID_SEED to repeat a run. The test prints it.
/// </summary>
public static class Seed
{
    public static int Pick() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("BRAID_SEED"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : RandomNumberGenerator.GetInt32(int.MaxValue);
}
