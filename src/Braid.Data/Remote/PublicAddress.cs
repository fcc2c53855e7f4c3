using System.Net;
using System.Net.Sockets;

namespace Braid.Data.Remote;

/// <summary>Tells the addresses of the open Internet from those that mean this machine, its networks or nobody.</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] special =
    [
        .. (
            (string[])
                [
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3",
                    "::/127",
                    "64:ff9b::/96",
                    "2002::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8",
                ]
        ).Select(network => IPNetwork.Parse(network)),
    ];

    public static bool IsOne(IPAddress address)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return real.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !Array.Exists(special, network => network.Contains(real));
    }
}
