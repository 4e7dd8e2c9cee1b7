/** The server program that is a service by itself. That of redis-windows is none: Windows would wait for its answer in vain (error 1053). */
export const OWN_SERVICE_PROGRAM = 'memurai.exe';
