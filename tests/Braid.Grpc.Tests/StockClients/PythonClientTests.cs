using Braid.Grpc.Tests.Hosting;

namespace Braid.Grpc.Tests.StockClients;

public sealed class PythonClientTests
{
    /// <summary>Debian's interpreter: one of another installation that comes first on the PATH does not see Debian's packages.</summary>
    private const string python = "/usr/bin/python3";

    [PythonFact]
    public async Task Stock_python_client_is_served()
    {
        await using var server = await EchoServer.StartAsync();

        await ConformanceRun.PassesAsync(python, "clients/conformance.py", server.Address.Authority);
    }

    private sealed class PythonFactAttribute : FactAttribute
    {
        public PythonFactAttribute()
        {
            if (!File.Exists(python) || !Directory.Exists("/usr/lib/python3/dist-packages/grpc"))
            {
                Skip = "Debian's python3-grpcio is not installed";
            }
        }
    }
}
