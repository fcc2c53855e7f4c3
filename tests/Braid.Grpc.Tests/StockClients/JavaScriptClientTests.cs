using System.Security.Cryptography;
using Braid.Grpc.Tests.Hosting;
using Braid.Testing;

namespace Braid.Grpc.Tests.StockClients;

public sealed class JavaScriptClientTests
{
    [NodeFact]
    public async Task Stock_javascript_client_is_served()
    {
        await using var server = await EchoServer.StartAsync();

        await ConformanceRun.PassesAsync(
            "node",
            "clients/conformance.js",
            server.Address.Authority,
            await InstalledAsync()
        );
    }

    /// <summary>The folder with the packages of the lock file; installed once and kept for as long as the lock stays.</summary>
    private static async Task<string> InstalledAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "clients");
        var lockHash = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json")))
        );
        var folder = Path.Combine(AppContext.BaseDirectory, "npm", lockHash[..16]);
        if (!File.Exists(Path.Combine(folder, "installed")))
        {
            Directory.CreateDirectory(folder);
            foreach (var name in new[] { "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(source, name), Path.Combine(folder, name), overwrite: true);
            }

            await ProgramRun.OutputAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "installed"), "");
        }

        return folder;
    }

    private sealed class NodeFactAttribute : FactAttribute
    {
        public NodeFactAttribute()
        {
            var path = Environment.GetEnvironmentVariable("PATH") ?? "";
            if (!path.Split(':').Any(folder => File.Exists(Path.Combine(folder, "npm"))))
            {
                Skip = "Node.js and npm are not on the PATH";
            }
        }
    }
}
