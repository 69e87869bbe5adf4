using System.Globalization;
using StackExchange.Redis;

namespace RouterGen.Redis.Connections;

/// <summary>Reads addresses: configurations of StackExchange.Redis (https://stackexchange.github.io/StackExchange.Redis/Configuration) and URLs (https://www.iana.org/assignments/uri-schemes/prov/redis).</summary>
internal static class RedisAddress
{
    private const string Form = "It is a list like 'host:6379,user=router,password=…,ssl=true', whose values have no comma, or a URL like 'rediss://router:…@host:6379/0', whose password is percent-encoded.";

    /// <summary>Reads one, with what a store needs where it does not say otherwise. No message has a part of it, because each part may be one of the password.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="ArgumentException">It is none, or names no host.</exception>
    public static ConfigurationOptions Read(string address)
    {
        ConfigurationOptions options;
        try
        {
            options = address.StartsWith("redis://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase) ? FromUrl(new Uri(address)) : ConfigurationOptions.Parse(address);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new ArgumentException("The address of Redis cannot be read. " + Form, nameof(address));
        }

        if (options.EndPoints.Count == 0) throw new ArgumentException("The address of Redis names no host. " + Form, nameof(address));
        options.SetDefaultPorts();
        HashSet<string> stated = [.. address.Split(',').Select(static part => part.Split('=')[0].Trim().ToUpperInvariant())];
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast; // What cannot be sent now is wrong later: the next report has it.
        options.ReconnectRetryPolicy = new ExponentialRetry(500, 5000);
        options.IncludeDetailInExceptions = false;
        SetUnlessStated("connectRetry", () => options.ConnectRetry = 1);
        SetUnlessStated("connectTimeout", () => options.ConnectTimeout = 3000);
        if (!stated.Contains("SYNCTIMEOUT")) SetUnlessStated("asyncTimeout", () => options.AsyncTimeout = 4000); // A fleet waits for five intervals.
        SetUnlessStated("keepAlive", () => options.KeepAlive = 2);
        SetUnlessStated("configCheckSeconds", () => options.ConfigCheckSeconds = 5); // So soon is a replica noticed that is the primary now.
        SetUnlessStated("name", () => options.ClientName = "routergen");

        // What programs agree on that share servers in ways of StackExchange.Redis's own; each would be one more right of the user.
        SetUnlessStated("tiebreaker", () => options.TieBreaker = "");
        SetUnlessStated("configChannel", () => options.ConfigurationChannel = "");
        return options;

        void SetUnlessStated(string name, Action set)
        {
            if (!stated.Contains(name.ToUpperInvariant())) set();
        }
    }

    private static ConfigurationOptions FromUrl(Uri url)
    {
        var options = new ConfigurationOptions { Ssl = url.Scheme == "rediss" };
        string[] user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0) options.User = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) options.Password = Uri.UnescapeDataString(user[1]);
        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database) options.DefaultDatabase = int.Parse(database, NumberStyles.None, CultureInfo.InvariantCulture);
        if (url.Query.Length > 0) throw new FormatException();
        options.EndPoints.Add(url.IdnHost, url.Port > 0 ? url.Port : 6379);
        return options;
    }
}
