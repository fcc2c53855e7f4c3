using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Protos.Auth;

namespace Braid.Cli.Auth;

/// <summary>Who calls, and the token that says so: it is kept in the context.</summary>
internal static class AuthCommands
{
    private static readonly Flag enterprise = Flags.Switch("enterprise", null, "Nothing: there is one server.");

    public static Command WhoAmI { get; } =
        new Command("auth whoami", "", "Show who you are to the server.")
        {
            Flags = [enterprise],
            RunAsync = WhoAmIAsync,
        }.Taking(0);

    public static Command UseToken { get; } =
        new Command("auth use-auth-token", "", "Keep a token, read from standard input, in the context.")
        {
            Flags = [enterprise],
            RunAsync = UseTokenAsync,
        }.Taking(0);

    public static Command LogOut { get; } =
        new Command("auth logout", "", "Forget the context's token.")
        {
            Flags = [enterprise],
            RunAsync = (call, _) => KeepAsync(call, null),
        }.Taking(0);

    public static Command LogIn { get; } =
        new Command("auth login", "", "Not here: tokens are given by the server's administrator.")
        {
            Flags =
            [
                enterprise,
                Flags.Switch("id-token", 't', "Nothing."),
                Flags.Switch("no-browser", 'b', "Nothing."),
            ],
            IsHidden = true,
            RunAsync = (_, _) =>
                throw new Failure(
                    "there is no log-in by browser: ask the server's administrator for a token (it is in braid env --data DIR) "
                        + "and keep it with braid auth use-auth-token"
                ),
        }.Taking(0);

    private static async Task<int> WhoAmIAsync(Invocation call, CancellationToken ct)
    {
        var answer = await call.Pach.CallAsync(AuthMethods.WhoAmI, new WhoAmIRequest(), ct);
        call.Out.Write($"You are \"{answer.Username}\"\n");
        if (answer.Expiration is { } end)
        {
            call.Out.Write($"session expires: {Style.FullTime(end)}\n");
        }

        return 0;
    }

    private static async Task<int> UseTokenAsync(Invocation call, CancellationToken ct)
    {
        if (call.World.IsTyped)
        {
            call.Error.WriteLine("Please paste your auth token:");
        }

        using var reader = new StreamReader(call.World.OpenInput());
        var token = (await reader.ReadLineAsync(ct))?.Trim();
        return string.IsNullOrEmpty(token)
            ? throw new Failure("error reading token: standard input is empty")
            : await KeepAsync(call, token);
    }

    private static Task<int> KeepAsync(Invocation call, string? token)
    {
        call.Server.Context?.Change(call.World, call.Server.Uri, context => context.Token = token);
        return Task.FromResult(0);
    }
}
