import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.TOCSIN_URL ?? 'http://localhost:8787'

export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../../public',
  plugins: [react()],
  build: { outDir: '../../dist/dashboard', emptyOutDir: true, target: 'es2023' },
  server: {
    // The API answers its own origin alone, so the proxy has to look like it.
    proxy: { '/api': { target: server, changeOrigin: true, ws: true }, '/act': { target: server, changeOrigin: true } },
  },
})
