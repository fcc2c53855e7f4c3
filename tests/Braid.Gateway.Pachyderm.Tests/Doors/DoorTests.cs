namespace Braid.Gateway.Pachyderm.Tests.Doors;

/// <summary>A test over a server and a client of its own.</summary>
public abstract class DoorTests : IAsyncLifetime
{
    private PachydermServer? server;
    private PachydermClient? client;

    private protected PachydermClient Client => client ?? throw new InvalidOperationException("not started");

    private protected PachydermServer Server => server ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        server = await PachydermServer.StartAsync();
        client = server.Connect();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
