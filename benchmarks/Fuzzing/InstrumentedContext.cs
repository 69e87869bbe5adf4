using System.Reflection;
using System.Runtime.Loader;

namespace RouterGen.Fuzzing;

/// <summary>Loads the assemblies under test with SharpFuzz's counters in each of their branches, in memory.</summary>
internal sealed class InstrumentedContext() : AssemblyLoadContext("instrumented")
{
    private static readonly string[] Instrumented = ["RouterGen", "RouterGen.Codecs", "RouterGen.Declarations", "RouterGen.Gateway", "RouterGen.Dynamic", "RouterGen.Azure", "RouterGen.Aws", "RouterGen.Google"];

    /// <summary>Runs the targets against them: the program's own assembly is loaded again beside them.</summary>
    public static int RunAll(string[] args)
    {
        Coverage.MakeCounters();
        Type session = new InstrumentedContext().LoadFromAssemblyPath(typeof(Session).Assembly.Location).GetType(typeof(Session).FullName!)!;
        return session.GetMethod(nameof(Session.RunAll))!.CreateDelegate<Func<string[], int>>()(args);
    }

    protected override Assembly? Load(AssemblyName name)
    {
        if (!Instrumented.Contains(name.Name)) return null; // shared with the rest of the process
        string file = name.Name + ".dll";
        DirectoryInfo directory = Directory.CreateTempSubdirectory("routergen-fuzzing-");
        try
        {
            string copy = Path.Combine(directory.FullName, file);
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), copy);
            SharpFuzz.Fuzzer.Instrument(copy, static _ => true, SharpFuzz.Options.Value);
            using var instrumented = new MemoryStream(File.ReadAllBytes(copy));
            return LoadFromStream(instrumented);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
