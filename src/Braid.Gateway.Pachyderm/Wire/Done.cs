namespace Braid.Gateway.Pachyderm.Wire;

/// <summary>The answer of calls that have nothing to say but that they succeeded.</summary>
internal static class Done
{
    public static async Task<Result<Empty>> AsEmptyAsync<T>(this Task<Result<T>> call) =>
        (await call).Select(_ => new Empty());
}
