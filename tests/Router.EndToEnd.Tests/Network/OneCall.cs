using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using RouterGen.EndToEnd.Tests.Support;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>Runs a program that makes one call over connections of the router's own, in a process whose environment is the test's.</summary>
internal static class OneCall
{
    private static readonly string Bin = Path.GetDirectoryName(typeof(OneCall).Assembly.Location)!;

    /// <summary>Runs it. The process trusts the authority of the tests.</summary>
    /// <param name="endpoint">The root of the provider.</param>
    /// <param name="environment">Further variables.</param>
    /// <param name="certificate">The certificate of the client; null for none.</param>
    /// <returns>What it prints: the answer, or the failure.</returns>
    public static async Task<string> RunAsync(Uri endpoint, Dictionary<string, string>? environment = null, X509Certificate2? certificate = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("routergen-");
        try
        {
            string program = Path.Combine(Bin, "..", "..", "..", "..", "OneCall", "bin", Path.GetFileName(Path.GetDirectoryName(Bin))!, Path.GetFileName(Bin), "RouterGen.OneCall.dll");
            var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
            foreach (string name in (string[])["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"])
            {
                start.Environment.Remove(name);
                start.Environment.Remove(name.ToLowerInvariant());
            }

            foreach (KeyValuePair<string, string> variable in environment ?? []) start.Environment[variable.Key] = variable.Value;
            start.Environment["OPENAI_BASE_URL"] = new Uri(endpoint, "openai/v1").ToString();
            start.Environment["OPENAI_API_KEY"] = World.OpenAIKey;
            start.Environment["SSL_CERT_FILE"] = await WriteAsync(folder, "authority.pem", System.Text.Encoding.ASCII.GetBytes(TestAuthority.Pem));
            if (certificate is not null) start.Environment["CLIENT_CERTIFICATE"] = await WriteAsync(folder, "client.pfx", certificate.Export(X509ContentType.Pkcs12));
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output.Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> WriteAsync(DirectoryInfo folder, string name, byte[] content)
    {
        string path = Path.Combine(folder.FullName, name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }
}
