// Makes one call over the router's own connections, which go by the environment of their process: its proxies, the authorities that it trusts.
using System.Security.Cryptography.X509Certificates;
using RouterGen;
using RouterGen.OneCall;

var options = new RouterOptions();
if (Environment.GetEnvironmentVariable("CLIENT_CERTIFICATE") is { } file) options.ClientCertificate = X509CertificateLoader.LoadPkcs12FromFile(file, password: null);

try
{
    RoutedResponse reply = await new Models(options).Any.CompleteAsync("Hi");
    Console.WriteLine(reply.Text);
}
catch (RoutingException failure)
{
    Console.WriteLine(failure);
}

namespace RouterGen.OneCall
{
    /// <summary>A group with one deployment, whose endpoint the environment names.</summary>
    [ModelGroup("any", MaxAttempts = 1, TimeoutSeconds = 30)]
    [Deployment("openai/gpt-6-luna")]
    public sealed partial class Models;
}
