namespace RouterGen.Gateway.Metrics;

/// <summary>What a process of any kind has, under the names that are usual: https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics.</summary>
internal static class ProcessGauges
{
    private static readonly double StartedAt = (System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;

    private static readonly string Version = typeof(ProcessGauges).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Writes it.</summary>
    public static void Write(MetricsText text)
    {
        text.Gauge("routergen_gateway_info", "The version of the gateway.", ["version"], [new KeyValuePair<LabelValues, int>(new LabelValues(Version), 1)], static one => one);
        text.Counter("process_cpu_seconds", "Processor time of the process.", Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory of the process that is resident.", Environment.WorkingSet);
        text.Gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", StartedAt);
        text.Gauge("dotnet_heap_bytes", "Memory of objects, those that nothing refers to included.", GC.GetTotalMemory(forceFullCollection: false));
#pragma warning disable RS0030 // It is looked at, and given nothing to do.
        text.Gauge("dotnet_thread_pool_threads", "Threads of the thread pool.", ThreadPool.ThreadCount);
        text.Gauge("dotnet_thread_pool_queue_length", "Work that waits for a thread of the pool.", ThreadPool.PendingWorkItemCount);
#pragma warning restore RS0030
    }
}
