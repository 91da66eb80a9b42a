package io.rivulet.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when files may have come: one daemon thread that sleeps in a {@link WatchService}, and wakes by itself every
 * few seconds for file systems that tell nothing (network mounts) and directories that are not watched yet.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long RESCAN_SECONDS = 10;

    private static final Path STAGING = Manifest.staging(Path.of(""));
    private static final WatchEvent.Kind<?>[] WRITTEN = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY
    };
    /** A sink publishes a file by moving it away. */
    private static final WatchEvent.Kind<?>[] PUBLISHED = {StandardWatchEventKinds.ENTRY_DELETE};

    private final WatchService service;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<Path> watched = new HashSet<>();

    FileWatch() throws IOException {
        service = FileSystems.getDefault().newWatchService();
        Thread thread = new Thread(this::run, "rivulet-file-watch");
        thread.setDaemon(true);
        thread.start();
    }

    void listen(Runnable wake) {
        listeners.add(wake);
    }

    /** Watches these directories too; those that cannot be watched are left to the slow rescan. */
    synchronized void watch(Set<Path> directories) {
        for (Path directory : directories) {
            if (watched.add(directory)) {
                try {
                    directory.register(service, directory.endsWith(STAGING) ? PUBLISHED : WRITTEN);
                } catch (IOException | UnsupportedOperationException e) {
                    LOG.info(
                            "cannot watch {}; looking every {} s instead ({})",
                            directory,
                            RESCAN_SECONDS,
                            e.toString());
                } catch (ClosedWatchServiceException e) {
                    return;
                }
            }
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.poll(RESCAN_SECONDS, TimeUnit.SECONDS);
                while (key != null) {
                    key.pollEvents();
                    key.reset();
                    key = service.poll();
                }
                listeners.forEach(Runnable::run);
            }
        } catch (ClosedWatchServiceException e) {
            // closed: the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.warn("cannot close the watch of input files", e);
        }
    }
}
