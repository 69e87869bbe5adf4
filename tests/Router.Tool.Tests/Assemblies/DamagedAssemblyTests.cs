using System.Reflection.PortableExecutable;
using System.Text;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests;

/// <summary>A file that is no assembly, or no longer one: a message, whatever its bytes are.</summary>
public sealed class DamagedAssemblyTests : IDisposable
{
    private static readonly byte[] Sound = new BuiltSource("""
        namespace Shop
        {
            [ModelGroup("fast", Fallbacks = ["slow"], Policy = typeof(Models.Inner<int>)), Deployment("openai/gpt-6-luna", Rpm = 5, Tags = ["x"])]
            [ModelGroup("slow"), Deployment("anthropic/claude-haiku-5-5", Group = "slow")]
            public static partial class Models { public class Inner<T>; [System.CodeDom.Compiler.GeneratedCode("RouterGen", "*")] public static int Made => 1; }
        }
        """).Image;

    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    public static TheoryData<string, byte[]> Files => new()
    {
        { "nothing", [] },
        { "a text", Encoding.UTF8.GetBytes("{ \"groups\": {} }") },
        { "the start of a PE file", Sound[..64] },
        { "half an assembly", Sound[..(Sound.Length / 2)] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_is_no_assembly_is_a_message(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        _tool.Write("Shop.dll", bytes, DateTime.UnixEpoch);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "Shop.dll"));
        Assert.Matches(@"^routergen: Shop\.dll is no \.NET assembly, or it is damaged \(.+\): build it again\.\s*$", _tool.Error);
    }

    [Fact]
    public async Task Native_code_is_told_as_such()
    {
        byte[] native = [.. Sound];
        using (var image = new PEReader(new MemoryStream(Sound)))
        {
            // The directory that says where the metadata is.
            int directory = image.PEHeaders.PEHeaderStartOffset + (image.PEHeaders.PEHeader!.Magic is PEMagic.PE32Plus ? 224 : 208);
            Array.Clear(native, directory, 8);
        }

        _tool.Write("Shop.dll", native, DateTime.UnixEpoch);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "Shop.dll"));
        Assert.Equal("routergen: Shop.dll is no .NET assembly: it holds native code, or something else.", _tool.Error.TrimEnd());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_message()
    {
        _tool.Write("Shop.dll", Sound, DateTime.UnixEpoch);
        await using var held = new FileStream(_tool.PathOf("Shop.dll"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "Shop.dll"));
        Assert.StartsWith("routergen: Shop.dll cannot be read: ", _tool.Error);
        Assert.DoesNotContain("   at ", _tool.Error);
    }

    [Fact]
    public async Task A_file_without_rights_is_a_message()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "An administrator may read all.");
        _tool.Write("Shop.dll", Sound, DateTime.UnixEpoch);
#pragma warning disable CA1416 // Not on Windows.
        File.SetUnixFileMode(_tool.PathOf("Shop.dll"), UnixFileMode.None);
#pragma warning restore CA1416
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "Shop.dll"));
        Assert.StartsWith("routergen: Shop.dll cannot be read: ", _tool.Error);
    }

    [Fact]
    public async Task In_a_project_with_a_file_it_is_a_notice()
    {
        _tool.Write("Shop.csproj", "<Project />").Write("bin/Debug/net10.0/Shop.dll", Sound[..500], DateTime.UnixEpoch);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.StartsWith("routergen: The groups that Shop.csproj may declare in code are not seen: bin/Debug/net10.0/Shop.dll is no .NET assembly", _tool.Error);
        _tool.Write("models.json", """{ "groups": {} }""");
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check"));
        Assert.Contains("not seen", _tool.Error);
    }

    [Fact]
    public async Task No_cut_and_no_wrong_byte_throws()
    {
        List<byte[]> damaged = [.. Enumerable.Range(1, 60).Select(i => Sound[..(Sound.Length * i / 61)])];
        var random = new Random(20_261_101);
        (int start, int size) = Metadata();
        for (int i = 0; i < 1500; i++)
        {
            byte[] copy = [.. Sound];
            for (int k = i % 4; k >= 0; k--) copy[(i % 5 == 0 ? 0 : start) + random.Next(i % 5 == 0 ? copy.Length : size)] = (byte)random.Next(256);
            damaged.Add(copy);
        }

        int refused = 0;
        foreach (byte[] bytes in damaged)
        {
            _tool.Write("Shop.dll", bytes, DateTime.UnixEpoch);
            int exitCode = await _tool.RunAsync("check", "Shop.dll");
            Assert.InRange(exitCode, ExitCodes.Ok, ExitCodes.Problems);
            Assert.DoesNotContain("   at ", _tool.Error);
            if (_tool.Error.Contains("damaged", StringComparison.Ordinal)) refused++;
        }

        Assert.InRange(refused, 100, damaged.Count - 100);
    }

    private static (int Start, int Size) Metadata()
    {
        using var image = new PEReader(new MemoryStream(Sound));
        return (image.PEHeaders.MetadataStartOffset, image.PEHeaders.MetadataSize);
    }
}
