using Braid.Gateway.Pachyderm.Tests.Doors;

namespace Braid.Gateway.Pachyderm.Tests.StockClients;

public sealed class PythonSdkTests : DoorTests
{
    [PythonSdkTheory]
    [InlineData("python_pachyderm_files.py")]
    [InlineData("pachyderm_sdk_files.py")]
    [InlineData("python_pachyderm_history.py")]
    [InlineData("pachyderm_sdk_history.py")]
    [InlineData("python_pachyderm_pipelines.py")]
    [InlineData("pachyderm_sdk_pipelines.py")]
    public async Task Stock_python_client_has_its_day(string script)
    {
        await Server.RunJobsAsync();

        await PythonSdk.RunAsync(script, Server.Address);

        await Server.SaveRecordingAsync(Path.ChangeExtension(script, ".jsonl"));
    }

    /// <summary>Not recorded: what the program in the sandbox sends cannot be sent again without it.</summary>
    [PythonSdkTheory]
    [InlineData("pachyderm_sdk_spout.py")]
    public async Task Stock_python_client_writes_from_inside_a_spout(string script)
    {
        await Server.RunJobsAsync(PythonSdk.Folder ?? "");

        await PythonSdk.RunAsync(script, Server.Address);
    }
}
