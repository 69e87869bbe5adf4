using System.Globalization;
using RouterGen.FakeProviders;

// Usage: FakeProviders [--port N]. Port 0, the default, takes a free one; the one line printed says which.
int port = 0;
if (args is ["--port", string stated])
{
    if (!int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535)
    {
        Console.Error.WriteLine($"Not a port: {stated}");
        return 2;
    }
}
else if (args.Length > 0)
{
    Console.Error.WriteLine("Usage: FakeProviders [--port N]");
    return 2;
}

var options = new FakeProviderOptions { Port = port, RecordRequests = false }; // nobody could read them from outside
await using FakeProviderServer fakes = await FakeProviderServer.StartAsync(options);
Console.WriteLine("listening on " + fakes.BaseAddress.GetLeftPart(UriPartial.Authority));
await Task.Delay(Timeout.InfiniteTimeSpan); // until a signal ends the process
return 0;
