using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.Contexts.Verbs;

/// <summary>The commands that change the config file, but for one context's fields (<see cref="UpdateContext"/>).</summary>
internal static class SetConfig
{
    private static readonly Flag overwrite = Flags.Switch("overwrite", null, "Replace a context of that name.");

    public static Command ActiveContext { get; } =
        Naming(
            "config set active-context",
            "Make a context the active one.",
            (file, name) =>
            {
                file.Get(name);
                file.ActiveName = name;
            }
        );

    public static Command ActiveEnterpriseContext { get; } =
        Naming(
            "config set active-enterprise-context",
            "Say which context pachctl shall take for the enterprise server.",
            (file, name) =>
            {
                file.Get(name);
                file.ActiveEnterpriseName = name;
            }
        );

    public static Command DeleteContext { get; } =
        Naming(
            "config delete context",
            "Delete a context.",
            (file, name) =>
            {
                file.Get(name);
                if (file.ActiveName == name)
                {
                    throw new Failure("cannot delete an active context");
                }

                file.Remove(name);
            }
        );

    public static Command Metrics { get; } =
        new Command("config set metrics", "(true | false)", "Say whether pachctl may tell its makers how it is used.")
        {
            RunAsync = (call, _) =>
                Change(
                    call,
                    file =>
                        file.SendsMetrics =
                            call.Arguments[0] == "true"
                            || (
                                call.Arguments[0] == "false"
                                    ? false
                                    : throw new Failure("invalid argument; use either `true` or `false`")
                            )
                ),
        }.Taking(1);

    public static Command Context { get; } =
        new Command("config set context", "<context>", "Make a context from the JSON on standard input.")
        {
            Flags = [overwrite],
            RunAsync = SetContextAsync,
        }.Taking(1);

    private static async Task<int> SetContextAsync(Invocation call, CancellationToken ct)
    {
        var name = call.Arguments[0];
        RefuseToReplace(call, ConfigFile.Open(call.World), name);
        call.RemindOfInput();
        using var reader = new StreamReader(call.World.OpenInput());
        var context = new PachContext(Parse(await reader.ReadToEndAsync(ct)));
        if (context.Address is { } address)
        {
            context.Address = ServerAddress.Qualified(ServerAddress.Parse(address));
        }

        return await Change(
            call,
            file =>
            {
                RefuseToReplace(call, file, name);
                file.Put(name, context.Fields);
            }
        );
    }

    private static void RefuseToReplace(Invocation call, ConfigFile file, string name)
    {
        if (!call.Has(overwrite) && file.Find(name) is not null)
        {
            throw new Failure($"context '{name}' already exists, use `--overwrite` if you wish to replace it");
        }
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw new Failure("malformed context: it is not a JSON object");
        }
        catch (JsonException error)
        {
            throw new Failure($"malformed context: {error.Message}");
        }
    }

    private static Command Naming(string name, string summary, Action<ConfigFile, string> change) =>
        new Command(name, "<context>", summary)
        {
            RunAsync = (call, _) => Change(call, file => change(file, call.Arguments[0])),
        }.Taking(1);

    private static Task<int> Change(Invocation call, Action<ConfigFile> change)
    {
        ConfigFile.Change(call.World, change);
        return Task.FromResult(0);
    }
}
